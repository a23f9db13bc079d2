import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { formatTerm } from "#components/ui/duration.ts";
import { HourName } from "#components/ui/hour-name.tsx";
import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import styles from "./catalog.module.css";

const columns: Column<EventTypeJson>[] = [
  {
    head: "Event type",
    cell: ({ name }) => <PageLink href={`/event-types/${encodeURIComponent(name)}`}>{name}</PageLink>,
  },
  {
    head: "Status",
    label: null,
    cell: ({ status }) => (status === "discovered" ? <strong>{status}</strong> : status),
  },
  { head: "Owner", cell: ({ owner }) => owner ?? <span className={page.quiet}>none</span> },
  { head: "Tier", cell: ({ tier }) => tier ?? <span className={page.quiet}>none</span> },
  {
    head: "Deadline",
    cell: ({ deadlineSeconds }) =>
      deadlineSeconds === null ? <span className={page.quiet}>none</span> : formatTerm(deadlineSeconds),
  },
  { head: "Complete through", cell: (eventType) => <CompleteThrough eventType={eventType} /> },
];

/** Every known event type, claimed or only discovered. */
export function CatalogueTable({ eventTypes }: { eventTypes: readonly EventTypeJson[] }) {
  return <DataTable label="Event types" columns={columns} rows={eventTypes} rowKey={({ name }) => name} />;
}

function CompleteThrough({ eventType }: { eventType: EventTypeJson }) {
  if (eventType.status === "discovered") return <span className={page.quiet}>not judged</span>;
  return (
    <>
      {eventType.completeThrough ? <HourName hour={eventType.completeThrough} /> : <span>no hour yet</span>}
      {eventType.holeCount > 0 && (
        <span className={styles.holeCount}> {formatCountOf(eventType.holeCount, "hole")} after it</span>
      )}
    </>
  );
}
