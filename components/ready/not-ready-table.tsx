import page from "#components/ui/page.module.css";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { RangeReadinessJson } from "#domain/api/ready.ts";
import { HourCells, HourHeads } from "./hour-cells.tsx";

/** The hours that the day waits for: the reasons, and when they are expected. */
export function NotReadyTable({ readiness: { notReady, more, asOf } }: { readiness: RangeReadinessJson }) {
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">Hours that are not ready</h2>
      <table className={table.table} aria-labelledby="missing">
        <thead>
          <tr>
            <HourHeads />
            <th scope="col">Expected by (p90)</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {notReady.map(({ eventType, hour, state, forecast, reasons }) => (
            <tr key={`${eventType} ${hour}`}>
              <HourCells eventType={eventType} hour={hour} state={state} />
              <td data-label="expected by" data-word="">
                {forecast ? <Time at={forecast.closesAt.p90} relativeTo={asOf} /> : "–"}
              </td>
              <td>{reasons.map(({ message }) => message).join(" ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={page.quiet}>{more} more hours not ready.</p>}
    </section>
  );
}
