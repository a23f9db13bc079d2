"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { lagLabel, leastTopSeconds } from "#components/ui/lag-sparkline.ts";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { PhasePill } from "#components/ui/phase-pill.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardDatacenterJson, BoardIncidentJson, CompactBoardJson } from "#domain/api/board.ts";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import type { LatenessJson } from "#domain/api/lateness.ts";
import { isSilent, latenessWords, lossWords } from "./datacenter-sentence.ts";
import styles from "./datacenters.module.css";

interface DatacenterListProps {
  initial: DatacenterJson[];
  initialBoard: Pick<CompactBoardJson, "datacenters" | "incidents">;
  /** The product's time when the server read them. */
  initialAsOf: string;
}

/** Every datacenter: its last message, what runs there, its share of late hours. */
export function DatacenterList({ initial, initialBoard, initialAsOf }: DatacenterListProps) {
  const datacenters = useQuery({
    ...queries.datacenters(),
    initialData: { items: initial, nextCursor: null },
  });
  const lateness = useQuery(queries.lateness());
  // The frame keeps it up to date.
  const board = useQuery({ ...queries.boardSummary(), enabled: false }).data ?? initialBoard;
  const status = useQuery({ ...queries.status(), enabled: false });
  const { items } = datacenters.data;
  const nowAt = status.data?.now ?? initialAsOf;
  /** A figure of the last week, which is added up after the page is drawn. */
  const weekly = (
    head: string,
    words: (counts: LatenessJson["datacenters"][number], of: LatenessJson) => string,
  ): Column<DatacenterJson> => ({
    head,
    cell: ({ name }) => {
      const counts = lateness.data?.datacenters.find((each) => each.name === name);
      return lateness.data && counts ? words(counts, lateness.data) : (failureOf(lateness) ?? "Loading…");
    },
    tone: () => (lateness.data ? undefined : "quiet"),
  });
  return (
    <article className={page.page}>
      <PageHeading query={datacenters}>Datacenters</PageHeading>
      {items.length === 0 ? (
        <Notice title="No datacenters" level={2}>
          <p>
            A datacenter appears with its first report, or once it is in the catalogue:{" "}
            <code>npx tidemark apply -f FILE</code>.
          </p>
        </Notice>
      ) : (
        <DataTable
          label="Datacenters"
          rows={items}
          rowKey={({ name }) => name}
          columns={[
            {
              head: "Datacenter",
              cell: ({ name, displayName }) => (
                <>
                  <DatacenterLink name={name} /> {displayName && <span className={page.quiet}>{displayName}</span>}
                </>
              ),
            },
            {
              head: "Lag, 6 h",
              cell: ({ name }) => <LagNow now={board.datacenters.find((each) => each.name === name)} />,
            },
            {
              head: "Open incident",
              cell: ({ name }) => <Incidents name={name} incidents={board.incidents} asOf={nowAt} />,
            },
            {
              head: "Last message",
              cell: ({ lastSeenAt }) => <Heard lastSeenAt={lastSeenAt} nowAt={nowAt} />,
              tone: ({ lastSeenAt }) => (lastSeenAt === null || isSilent(lastSeenAt, nowAt) ? "trouble" : undefined),
            },
            {
              head: "Versions",
              cell: (datacenter) => versionsOf(datacenter) ?? <span className={page.quiet}>no heartbeat yet</span>,
            },
            weekly("Last 24 hours", ({ lastDay }, { lateHours }) => latenessWords(lastDay, lateHours.lastDay)),
            weekly("Last 7 days", ({ lastWeek }, { lateHours }) => latenessWords(lastWeek, lateHours.lastWeek)),
            weekly("Lost, 7 days", ({ lastWeek }) => lossWords(lastWeek)),
          ]}
        />
      )}
    </article>
  );
}

function LagNow({ now }: { now: BoardDatacenterJson | undefined }) {
  if (!now) return <span className={page.quiet}>not expected</span>;
  return (
    <span className={styles.lag}>
      <Sparkline points={now.lags} label={lagLabel(now)} leastTop={leastTopSeconds} />
      <span>{now.lagSeconds === null ? "unknown" : formatDuration(now.lagSeconds)}</span>
    </span>
  );
}

function Incidents({ name, incidents, asOf }: { name: string; incidents: readonly BoardIncidentJson[]; asOf: string }) {
  const own = incidents.filter(({ datacenters }) => datacenters.includes(name));
  if (own.length === 0) return <span className={page.quiet}>none</span>;
  return own.map(({ id, title, phase, recovery }) => (
    <PageLink key={id} href={`/alerts/incidents/${id}`} title={title} aria-label={`${title}: ${phase}`}>
      <PhasePill phase={phase} recoversAt={recovery?.p50At ?? null} asOf={asOf} />
    </PageLink>
  ));
}

function Heard({ lastSeenAt, nowAt }: { lastSeenAt: string | null; nowAt: string }) {
  if (lastSeenAt === null) return "never";
  if (!isSilent(lastSeenAt, nowAt)) return <>{formatDuration(secondsBetween(lastSeenAt, nowAt))} ago</>;
  return (
    <>
      silent since <Time at={lastSeenAt} relativeTo={nowAt} />
    </>
  );
}

/** `exporter 3.67.0, pubsub-bridge 2.67.0 and 2.68.0`; null: nothing reported. */
function versionsOf({ components }: DatacenterJson): string | null {
  const byComponent = Map.groupBy(components, ({ component }) => component);
  const words = [...byComponent].map(([component, instances]) => {
    const versions = [...new Set(instances.map(({ version }) => version ?? "version not reported"))];
    return `${component} ${versions.join(" and ")}`;
  });
  return words.length === 0 ? null : words.join(", ");
}
