import Link from "next/link";
import { formatTerm } from "#components/ui/duration.ts";
import { HourName } from "#components/ui/hour-name.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import table from "#components/ui/table.module.css";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import styles from "./catalog.module.css";

/** Every known event type, claimed or only discovered. */
export function CatalogueTable({ eventTypes }: { eventTypes: readonly EventTypeJson[] }) {
  return (
    <table className={table.table} aria-label="Event types">
      <thead>
        <tr>
          <th scope="col">Event type</th>
          <th scope="col">Status</th>
          <th scope="col">Owner</th>
          <th scope="col">Tier</th>
          <th scope="col">Deadline</th>
          <th scope="col">Complete through</th>
        </tr>
      </thead>
      <tbody>
        {eventTypes.map((eventType) => (
          <tr key={eventType.name}>
            <th scope="row">
              <Link href={`/event-types/${encodeURIComponent(eventType.name)}`} prefetch={false}>
                {eventType.name}
              </Link>
            </th>
            <td className={styles.status} data-status={eventType.status}>
              {eventType.status}
            </td>
            <td data-label="Owner">{eventType.owner ?? <span className={page.quiet}>none</span>}</td>
            <td data-label="Tier">{eventType.tier ?? <span className={page.quiet}>none</span>}</td>
            <td data-label="Deadline">
              {eventType.deadlineSeconds === null ? (
                <span className={page.quiet}>none</span>
              ) : (
                formatTerm(eventType.deadlineSeconds)
              )}
            </td>
            <td data-label="Complete through">
              <CompleteThrough eventType={eventType} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CompleteThrough({ eventType }: { eventType: EventTypeJson }) {
  if (eventType.status === "discovered") return <span className={page.quiet}>not judged</span>;
  return (
    <>
      {eventType.completeThrough ? <HourName hour={eventType.completeThrough} /> : <span>no hour yet</span>}
      {eventType.holeCount > 0 && (
        <span className={styles.holeCount}>
          {" "}
          {eventType.holeCount === 1 ? "1 hole" : `${formatCount(eventType.holeCount)} holes`} after it
        </span>
      )}
    </>
  );
}
