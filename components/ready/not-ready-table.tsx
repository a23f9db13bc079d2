import Link from "next/link";
import { HourName } from "#components/ui/hour-name.tsx";
import page from "#components/ui/page.module.css";
import { StateWord } from "#components/ui/state-word.tsx";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { RangeReadinessJson } from "#domain/api/ready.ts";

/** The hours that the day waits for: the reasons, and when they are expected. */
export function NotReadyTable({ readiness: { notReady, more, asOf } }: { readiness: RangeReadinessJson }) {
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">Hours that are not ready</h2>
      <table className={table.table} aria-labelledby="missing">
        <thead>
          <tr>
            <th scope="col">Hour</th>
            <th scope="col">Event type</th>
            <th scope="col">State</th>
            <th scope="col">Expected by (p90)</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {notReady.map(({ eventType, hour, state, forecast, reasons }) => (
            <tr key={`${eventType} ${hour}`}>
              <th scope="row" data-word="">
                <Link href={`/event-types/${encodeURIComponent(eventType)}/hours/${hour}`} prefetch={false}>
                  <HourName hour={hour} />
                </Link>
              </th>
              <td data-word="">{eventType}</td>
              <td data-word="">
                <StateWord state={state} />
              </td>
              <td data-label="expected by" data-word="">
                {forecast ? <Time at={forecast.closesAt.p90} relativeTo={asOf} /> : "–"}
              </td>
              <td>{reasons.map(({ message }) => message).join(" ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={page.quiet}>{more} more hours are not ready.</p>}
    </section>
  );
}
