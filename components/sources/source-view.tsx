"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMayChange } from "#components/access/use-may.ts";
import { api, type ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { SourceJson, SourceResourceJson } from "#domain/api/sources.ts";
import { formatCountOf } from "#domain/figures.ts";
import { ResourceTable } from "./resource-table.tsx";
import { SourceEditor } from "./source-editor.tsx";
import { findsNothing, kindText, mappedText, requestsText } from "./source-words.ts";

interface SourceViewProps {
  source: SourceJson;
  mapped: ListJson<SourceResourceJson>;
  notMapped: ListJson<SourceResourceJson>;
  asOf: string;
}

/** One source: its last collection, its problems, what it measures and what that means here. */
export function SourceView({ source: initial, mapped, notMapped, asOf }: SourceViewProps) {
  const query = useQuery({ ...queries.source(initial.name), initialData: initial });
  const source = query.data;
  const { name, run, spec, updatedAt, updatedBy } = source;
  return (
    <article className={page.page}>
      <PageHeading query={query}>{name}</PageHeading>
      <p>
        Measured by {kindText(source)}. <LastCollection source={source} asOf={asOf} />
      </p>
      <p className={page.quiet}>
        Last changed <Time at={updatedAt} relativeTo={asOf} /> by {updatedBy}.
        {spec.owner !== undefined && ` Belongs to team ${spec.owner}.`} <Link href="/docs/sources">Sources</Link>{" "}
        explains patterns and delays.
      </p>
      {run !== null && run.problems.length > 0 && (
        <Section id="problems" title="Problems">
          <ul className={page.list}>
            {run.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section id="mapped" title="Mapped">
        <ResourceTable source={name} mapped initial={mapped} asOf={asOf} />
      </Section>
      <Section id="not-mapped" title="Not mapped">
        {notMapped.items.length > 0 && (
          <p>No pattern matches the ids of these resources. What they measure is not used.</p>
        )}
        <ResourceTable source={name} mapped={false} initial={notMapped} asOf={asOf} />
      </Section>
      <Section id="settings" title="Settings">
        <div className={page.page}>
          <SourceEditor stored={source} />
          <DeleteSource source={source} />
        </div>
      </Section>
    </article>
  );
}

function LastCollection({ source, asOf }: { source: SourceJson; asOf: string }) {
  const { state, run, kind } = source;
  if (run === null) return state === "disabled" ? "Disabled: nothing is collected." : "Not collected yet.";
  const { endedAt, error, failingSince, succeededAt, calls, events, mapped, notMapped } = run;
  return (
    <>
      {state === "disabled" && "Disabled: nothing is collected any more. "}
      {failingSince !== null ? (
        <span className={page.trouble}>
          Failing since <Time at={failingSince} relativeTo={asOf} />: {error}{" "}
          {succeededAt !== null && (
            <>
              The last collection that succeeded was <Time at={succeededAt} relativeTo={asOf} />.
            </>
          )}
        </span>
      ) : (
        <>
          Last collected <Time at={endedAt} relativeTo={asOf} /> with {requestsText(kind, calls)}.{" "}
          {findsNothing(source) ? (
            <span className={page.trouble}>
              Nothing was found there: check where it looks, and what its credentials may see.
            </span>
          ) : (
            `${mapped + notMapped === 0 ? "Nothing new" : `${mappedText(source)} mapped`}, ${formatCountOf(events, "new fact")}.`
          )}
        </>
      )}
    </>
  );
}

/** Deletes a source; the facts that it gave stay. */
function DeleteSource({ source: { name, spec } }: { source: SourceJson }) {
  const may = useMayChange(spec.owner ?? null);
  const remove = useAct(() => api.DELETE("/sources/{name}", { params: { path: { name } } }), {
    says: `${name} deleted.`,
    forgets: queries.source(name).queryKey,
    rereads: [queries.sources().queryKey],
    leadsTo: "/sources",
  });
  if (!may) return null;
  return (
    <div className={page.row}>
      <ConfirmButton name="Delete source" confirm={`Delete ${name}`} act={remove} />
      <Refusal error={remove.error} />
    </div>
  );
}
