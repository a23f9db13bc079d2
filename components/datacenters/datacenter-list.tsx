"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import type { LatenessJson } from "#domain/api/lateness.ts";
import { isSilent, latenessWords, lossWords } from "./datacenter-sentence.ts";
import styles from "./datacenters.module.css";

interface DatacenterListProps {
  initial: DatacenterJson[];
  /** The product's time when the server read them. */
  initialAsOf: string;
}

/** Every datacenter: its last message, what runs there, its share of late hours. */
export function DatacenterList({ initial, initialAsOf }: DatacenterListProps) {
  const datacenters = useQuery({
    ...queries.datacenters(),
    initialData: { items: initial, nextCursor: null },
  });
  const lateness = useQuery(queries.lateness());
  const status = useQuery({ ...queries.status(), enabled: false });
  const { items } = datacenters.data;
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>Datacenters</h1>
        <AsOf updatedAtMs={datacenters.dataUpdatedAt} failure={failureOf(datacenters)} />
      </div>
      {items.length === 0 ? (
        <Notice title="No datacenters" level={2}>
          <p>A datacenter appears with its first report, or once it is in the catalogue: npx tidemark apply -f FILE.</p>
        </Notice>
      ) : (
        <table className={styles.table} aria-label="Datacenters">
          <thead>
            <tr>
              <th scope="col">Datacenter</th>
              <th scope="col">Last message</th>
              <th scope="col">Versions</th>
              <th scope="col">Last 24 hours</th>
              <th scope="col">Last 7 days</th>
              <th scope="col">Lost, 7 days</th>
            </tr>
          </thead>
          <tbody>
            {items.map((datacenter) => (
              <Row
                key={datacenter.name}
                datacenter={datacenter}
                lateness={lateness.data}
                failure={failureOf(lateness)}
                nowAt={status.data?.now ?? initialAsOf}
              />
            ))}
          </tbody>
        </table>
      )}
    </article>
  );
}

interface RowProps {
  datacenter: DatacenterJson;
  /** undefined: not loaded yet. */
  lateness: LatenessJson | undefined;
  failure: string | null;
  nowAt: string;
}

function Row({ datacenter, lateness, failure, nowAt }: RowProps) {
  const { name, displayName, lastSeenAt } = datacenter;
  const counts = lateness?.datacenters.find((each) => each.name === name);
  return (
    <tr>
      <th scope="row">
        <DatacenterLink name={name} /> {displayName && <span className={page.quiet}>{displayName}</span>}
      </th>
      <td data-label="Last message">
        <Heard lastSeenAt={lastSeenAt} nowAt={nowAt} />
      </td>
      <td data-label="Versions">{versionsOf(datacenter) ?? <span className={page.quiet}>no heartbeat yet</span>}</td>
      {lateness && counts ? (
        <>
          <td data-label="Last 24 hours">{latenessWords(counts.lastDay, lateness.lateHours.lastDay)}</td>
          <td data-label="Last 7 days">{latenessWords(counts.lastWeek, lateness.lateHours.lastWeek)}</td>
          <td data-label="Lost, 7 days">{lossWords(counts.lastWeek)}</td>
        </>
      ) : (
        <td colSpan={3} className={page.quiet}>
          {failure ?? "Loading the last week…"}
        </td>
      )}
    </tr>
  );
}

function Heard({ lastSeenAt, nowAt }: { lastSeenAt: string | null; nowAt: string }) {
  if (lastSeenAt === null) return <span className={styles.trouble}>never</span>;
  if (!isSilent(lastSeenAt, nowAt)) return <>{formatDuration(secondsBetween(lastSeenAt, nowAt))} ago</>;
  return (
    <span className={styles.trouble}>
      silent since <Time at={lastSeenAt} relativeTo={nowAt} />
    </span>
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
