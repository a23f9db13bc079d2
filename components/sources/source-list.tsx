"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SourceJson } from "#domain/api/sources.ts";
import { findsNothing, kindText, mappedText, stateWords } from "./source-words.ts";

/** What is measured outside already, and whether it is collected. */
export function SourceList({ sources, asOf }: { sources: ListJson<SourceJson>; asOf: string }) {
  const query = useQuery({ ...queries.sources(), initialData: sources });
  return (
    <article className={page.page}>
      <PageHeading query={query}>Sources</PageHeading>
      <p>
        Systems that measure your pipeline already. Tidemark asks each and makes of its answers what reporters would
        send.
      </p>
      {query.data.items.length === 0 ? (
        <Notice title="No sources" level={2}>
          <p>
            <Link href="/new-source">Create a source</Link> if Google Cloud Monitoring, Kafka, Cloud Storage, BigQuery
            or Iceberg measures your pipeline already: no exporter is needed then.
          </p>
        </Notice>
      ) : (
        <>
          <div>
            <Button component={Link} href="/new-source">
              New source
            </Button>
          </div>
          <DataTable
            label="Sources"
            columns={columnsOf(asOf)}
            rows={query.data.items}
            rowKey={({ name }) => name}
            detail={({ run }) => run?.failingSince && run.error}
          />
        </>
      )}
    </article>
  );
}

const columnsOf = (asOf: string): Column<SourceJson>[] => [
  {
    head: "Source",
    word: true,
    cell: ({ name }) => <PageLink href={`/sources/${encodeURIComponent(name)}`}>{name}</PageLink>,
  },
  { head: "Measured by", cell: kindText },
  {
    head: "Last collection",
    tone: ({ state }) => (state === "failing" ? "trouble" : state === "disabled" ? "quiet" : undefined),
    cell: ({ state, run }) => (
      <>
        {stateWords[state]}
        {run !== null && (
          <>
            {" "}
            <Time at={run.failingSince ?? run.endedAt} relativeTo={asOf} />
          </>
        )}
      </>
    ),
  },
  { head: "Mapped", tone: (source) => (findsNothing(source) ? "trouble" : undefined), cell: mappedText },
  {
    head: "Problems",
    figure: true,
    tone: ({ run }) => (run && run.problems.length > 0 ? "trouble" : "quiet"),
    cell: ({ run }) => run?.problems.length ?? "–",
  },
];
