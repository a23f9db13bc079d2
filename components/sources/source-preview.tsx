"use client";

import { TagsInput } from "@mantine/core";
import "#components/forms/mantine.css";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem, answerOf, api } from "#components/api/client.ts";
import { useEdited } from "#components/forms/draft-context.ts";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import type { SourcePreviewJson } from "#domain/api/sources.ts";
import { formatCount, formatCountOf } from "#domain/figures.ts";
import { lanesText } from "./source-words.ts";

const settleMs = 400;

/** What the draft's patterns match, before it is saved: of what the last collections saw, and of ids to try. */
export function SourcePreview({ source }: { source: string | null }) {
  const draft = useEdited();
  const [ids, setIds] = useState<string[]>([]);
  const [spec] = useDebouncedValue(draft.spec, settleMs);
  const query = useQuery({
    queryKey: ["source-preview", source, spec, ids],
    queryFn: ({ signal }) =>
      answerOf(api.POST("/sources/preview", { body: { spec, ids, ...(source !== null && { source }) }, signal })),
    // Only a change of the draft makes another answer worth asking for.
    refetchInterval: false,
    meta: { unhurried: true },
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { error } = query;
  // The fields say what is wrong with them.
  const isFaulty = error instanceof ApiProblem && error.status === 400;
  return (
    <section aria-label="What the patterns match">
      <h3>What the patterns match</h3>
      <TagsInput
        label="Try an id"
        description={
          source === null
            ? "Such as a subscription’s. Nothing outside is asked until the source is saved."
            : "Beside the resources that the last collections saw. Nothing outside is asked."
        }
        value={ids}
        maxTags={100}
        clearable={false}
        acceptValueOnBlur
        onChange={setIds}
      />
      {error ? (
        <p className={page.quiet} role="status">
          {isFaulty
            ? "Nothing can be matched yet: a field has a fault, or is empty."
            : `Couldn’t match the patterns. ${error.message}`}
        </p>
      ) : query.data ? (
        <Found preview={query.data} />
      ) : (
        <p className={page.quiet}>Matching…</p>
      )}
    </section>
  );
}

function Found({ preview: { mapped, notMapped, eventTypes, datacenters, resources } }: { preview: SourcePreviewJson }) {
  if (resources.length === 0) return <p className={page.quiet}>No resource was seen yet. Try an id.</p>;
  const all = formatCountOf(mapped + notMapped, "resource");
  return (
    <>
      <p role="status">
        {mapped === 0
          ? `No pattern matches any of ${all}.`
          : `${formatCount(mapped)} of ${all} would feed ${formatCountOf(eventTypes.length, "event type")} at ${namesText(datacenters)}.`}
        {mapped > 0 && notMapped > 0 && ` ${formatCount(notMapped)} would not be mapped.`}
      </p>
      <DataTable
        label="What the patterns match"
        columns={columns}
        rows={resources}
        rowKey={({ kind, id }) => `${kind} ${id}`}
        plain
      />
    </>
  );
}

const columns: Column<SourcePreviewJson["resources"][number]>[] = [
  { head: "Resource", cell: ({ kind, id }) => `${kind} ${id}` },
  {
    head: "Would feed",
    tone: ({ lanes }) => (lanes.length === 0 ? "trouble" : undefined),
    cell: ({ lanes }) => (lanes.length === 0 ? "nothing: no pattern matches" : lanesText({ lanes })),
  },
  { head: "Stage", word: true, cell: ({ lanes }) => lanes[0]?.stage ?? "–" },
];

const mostNamed = 5;

function namesText(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return rest > 0 ? `${names.slice(0, mostNamed).join(", ")} and ${formatCount(rest)} more` : names.join(", ");
}
