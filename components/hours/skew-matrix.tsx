import { DataTable } from "#components/ui/data-table.tsx";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { HourLink } from "#components/ui/hour-link.tsx";
import { formatCount, formatCountOf, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import type { SkewJson } from "#domain/api/hour-evidence.ts";

/** Which buckets hold the hour's events, by datacenter; and which hours' events are in its own. */
export function SkewMatrix({ skew }: { skew: SkewJson }) {
  const { eventType, hour, landed, arrived } = skew;
  if (landed.length === 0) return <p className={page.quiet}>No delivered events yet.</p>;
  const buckets = [...new Set([hour, ...landed.map(({ landedHour }) => landedHour)])].sort();
  const datacenters = [...new Set(landed.map(({ datacenter }) => datacenter))].sort();
  return (
    <>
      <DataTable
        plain
        label="Partitions that hold the hour’s events"
        rows={datacenters}
        rowKey={(datacenter) => datacenter}
        columns={[
          { head: "Datacenter", cell: (datacenter) => <DatacenterLink name={datacenter} /> },
          ...buckets.map((bucket) => ({
            head: bucket === hour ? "own partition" : bucket,
            drawn: bucket === hour ? "own partition" : <HourLink eventType={eventType} hour={bucket} />,
            figure: true,
            cell: (datacenter: string) => <Skewed skew={skew} datacenter={datacenter} bucket={bucket} />,
          })),
        ]}
      />
      <p className={page.quiet}>
        {arrived.length === 0
          ? "Its partition holds no events of other hours."
          : "Other hours’ events in its partition:"}
      </p>
      {arrived.length > 0 && (
        <ul className={page.list}>
          {arrived.map((each) => (
            <li key={`${each.datacenter} ${each.hour}`}>
              {formatCountOf(each.events, "event")} of <HourLink eventType={eventType} hour={each.hour} /> from{" "}
              <DatacenterLink name={each.datacenter} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Skewed({ skew, datacenter, bucket }: { skew: SkewJson; datacenter: string; bucket: string }) {
  const here = skew.landed.filter((each) => each.datacenter === datacenter);
  const events = here.find(({ landedHour }) => landedHour === bucket)?.events ?? 0;
  const total = here.reduce((sum, each) => sum + each.events, 0);
  if (bucket === skew.hour || events === 0) return formatCount(events);
  return (
    <>
      <strong>{formatCount(events)}</strong>
      {total > 0 && <span className={page.quiet}> ({formatShare(events / total)})</span>}
    </>
  );
}
