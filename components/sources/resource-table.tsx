"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { SourceResourceJson } from "#domain/api/sources.ts";
import { lanesText, readingText } from "./source-words.ts";

interface ResourceTableProps {
  source: string;
  mapped: boolean;
  initial: ListJson<SourceResourceJson>;
  asOf: string;
}

/** What a source measures, a page at a time: with the newest point of each metric, or without a mapping. */
export function ResourceTable({ source, mapped, initial, asOf }: ResourceTableProps) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const query = useQuery({
    ...queries.sourceResources(source, mapped, cursor),
    ...(cursor === undefined && { initialData: initial }),
  });
  const { items, nextCursor } = query.data ?? initial;
  if (items.length === 0)
    return <p className={page.quiet}>{mapped ? "No resource is mapped." : "No resource is left out."}</p>;
  return (
    <>
      <DataTable
        label={mapped ? "Mapped resources" : "Resources that are not mapped"}
        columns={mapped ? mappedColumns(asOf) : otherColumns(asOf)}
        rows={items}
        rowKey={({ kind, id }) => `${kind} ${id}`}
      />
      {(cursor !== undefined || nextCursor !== null) && (
        <div className={page.row}>
          <Button size="compact-sm" disabled={cursor === undefined} onClick={() => setCursors(cursors.slice(0, -1))}>
            Previous
          </Button>
          <Button
            size="compact-sm"
            disabled={nextCursor === null}
            onClick={() => nextCursor !== null && setCursors([...cursors, nextCursor])}
          >
            Next
          </Button>
        </div>
      )}
    </>
  );
}

const resource: Column<SourceResourceJson> = { head: "Resource", cell: ({ kind, id }) => `${kind} ${id}` };
const seen = (asOf: string): Column<SourceResourceJson> => ({
  head: "Last seen",
  cell: ({ seenAt }) => <Time at={seenAt} relativeTo={asOf} />,
});

const mappedColumns = (asOf: string): Column<SourceResourceJson>[] => [
  resource,
  { head: "Feeds", cell: (row) => lanesText(row) },
  {
    head: "Newest readings",
    cell: ({ readings }) => (
      <ul className={page.list}>
        {readings.map((reading) => (
          <li key={reading.metric}>{readingText(reading)}</li>
        ))}
      </ul>
    ),
  },
  seen(asOf),
];

const otherColumns = (asOf: string): Column<SourceResourceJson>[] => [resource, seen(asOf)];
