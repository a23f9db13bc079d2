import Link from "next/link";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import type { SloReport } from "#domain/api/slo-report.ts";
import { monthName } from "#domain/slo.ts";
import { AttainmentChart } from "./attainment-chart.tsx";
import styles from "./slo.module.css";
import { placeOf, sloHref } from "./slo-href.ts";
import { StatusMark } from "./status-mark.tsx";

/** This month beside the twelve before it, as a chart and in figures. */
export function MonthsTable({ report }: { report: SloReport }) {
  const counted = report.months.filter(({ total }) => total.hours.due > 0);
  if (counted.length === 0) return <p className={styles.detail}>No hours were due in these months.</p>;
  return (
    <>
      <AttainmentChart months={report.months} />
      <div className={styles.scroll}>
        <table className={styles.figures}>
          <caption className={styles.caption}>
            Attainment by month, latest first. Months without due hours are left out.
          </caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">On time</th>
              <th scope="col">Objective</th>
              <th scope="col">Timeliness</th>
              <th scope="col">Late hours</th>
              <th scope="col">Complete</th>
              <th scope="col">In their hour</th>
              <th scope="col">Status</th>
            </tr>
          </thead>
          <tbody>
            {counted.toReversed().map(({ period, total, restatements }) => (
              <tr key={period.name} aria-current={period.name === report.period.name || undefined}>
                <th scope="row">
                  <Link href={sloHref({ ...placeOf(report), window: undefined, month: period.name })} prefetch={false}>
                    {monthName(period.name)}
                  </Link>
                </th>
                <td>{share(total.timeliness.hours.attainment)}</td>
                <td>{share(total.timeliness.objective)}</td>
                <td>
                  <StatusMark status={total.timeliness.status} />
                </td>
                <td>
                  {formatCount(total.timeliness.hours.bad)} of {formatCount(total.timeliness.hours.counted)}
                </td>
                <td>{share(total.completeness.hours.attainment)}</td>
                <td>{share(total.skew.events.attainment)}</td>
                <td>
                  {period.frozen ? "frozen" : period.name >= report.asOf.slice(0, 7) ? "running" : "not frozen yet"}
                  {restatements > 0 &&
                    `, restated ${restatements === 1 ? "once" : `${formatCount(restatements)} times`}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function share(value: number | null): string {
  return value === null ? "–" : formatShare(value);
}
