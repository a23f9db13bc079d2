import Link from "next/link";
import { DataTable } from "#components/ui/data-table.tsx";
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
      <DataTable
        plain
        label="Attainment by month"
        caption="Attainment by month, latest first. Months without due hours are left out."
        rows={counted.toReversed()}
        rowKey={({ period }) => period.name}
        isCurrent={({ period }) => period.name === report.period.name}
        columns={[
          {
            head: "Month",
            word: true,
            cell: ({ period }) => (
              <Link href={sloHref({ ...placeOf(report), window: undefined, month: period.name })} prefetch={false}>
                {monthName(period.name)}
              </Link>
            ),
          },
          { head: "On time", figure: true, cell: ({ total }) => share(total.timeliness.hours.attainment) },
          { head: "Objective", figure: true, cell: ({ total }) => share(total.timeliness.objective) },
          { head: "Timeliness", label: null, cell: ({ total }) => <StatusMark status={total.timeliness.status} /> },
          {
            head: "Late hours",
            figure: true,
            cell: ({ total: { timeliness } }) =>
              `${formatCount(timeliness.hours.bad)} of ${formatCount(timeliness.hours.counted)}`,
          },
          { head: "Complete", figure: true, cell: ({ total }) => share(total.completeness.hours.attainment) },
          { head: "In their hour", figure: true, cell: ({ total }) => share(total.skew.events.attainment) },
          {
            head: "Status",
            label: null,
            cell: ({ period, restatements }) => (
              <>
                {period.frozen ? "frozen" : period.name >= report.asOf.slice(0, 7) ? "running" : "not frozen yet"}
                {restatements > 0 && `, restated ${restatements === 1 ? "once" : `${formatCount(restatements)} times`}`}
              </>
            ),
          },
        ]}
      />
    </>
  );
}

function share(value: number | null): string {
  return value === null ? "–" : formatShare(value);
}
