import page from "#components/ui/page.module.css";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { RangeReadinessJson } from "#domain/api/ready.ts";
import { HourCells, HourHeads } from "./hour-cells.tsx";

/** The hours that are ready only because their owner accepted them: who, when and why. */
export function AcceptedTable({ readiness: { accepted, acceptedHours, asOf } }: { readiness: RangeReadinessJson }) {
  return (
    <section aria-labelledby="accepted">
      <h2 id="accepted">Accepted hours</h2>
      <table className={table.table} aria-labelledby="accepted">
        <thead>
          <tr>
            <HourHeads />
            <th scope="col">Accepted by</th>
            <th scope="col">Time</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {accepted.map(({ eventType, hour, state, by, at, reason }) => (
            <tr key={`${eventType} ${hour}`}>
              <HourCells eventType={eventType} hour={hour} state={state} />
              <td data-label="accepted by" data-word="">
                {by}
              </td>
              <td data-word="">
                <Time at={at} relativeTo={asOf} />
              </td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {acceptedHours > accepted.length && (
        <p className={page.quiet}>{acceptedHours - accepted.length} more accepted hours.</p>
      )}
    </section>
  );
}
