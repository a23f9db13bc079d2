import { DataTable } from "#components/ui/data-table.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import type { SloItemJson } from "#domain/api/slo.ts";
import type { SloReport } from "#domain/api/slo-report.ts";
import { monthName, mostPromisedFirst } from "#domain/slo.ts";
import { Attained, lateText } from "./attained.tsx";
import { AttainmentChart } from "./attainment-chart.tsx";
import styles from "./slo.module.css";
import { placeOf, sloHref } from "./slo-href.ts";

type MonthRow = SloReport["months"][number];

/** This month beside the twelve before it, each tier against its own objective: as a chart and in figures. */
export function MonthsTable({ report }: { report: SloReport }) {
  const first = report.months.findIndex(hasData);
  if (first === -1) return <p className={styles.detail}>No hours counted in these months.</p>;
  const shown = report.months.slice(first);
  const tiers = tierNames(report);
  return (
    <>
      <AttainmentChart months={report.months} tier={tiers.length > 1 ? (tiers[0] ?? null) : null} />
      <DataTable
        plain
        label="Attainment by month"
        caption="Attainment and objective by month, latest first, with the change against the month before."
        rows={shown.toReversed()}
        rowKey={({ period }) => period.name}
        isCurrent={({ period }) => period.name === report.period.name}
        columns={[
          {
            head: "Month",
            cell: (month) => (
              <>
                <PageLink href={sloHref({ ...placeOf(report), window: undefined, month: month.period.name })}>
                  {monthName(month.period.name)}
                </PageLink>{" "}
                <span className={styles.faint}>{standingOf(month, report.asOf)}</span>
              </>
            ),
          },
          ...(tiers.length > 1 ? tiers : [null]).map((tier) => ({
            head: tier === null ? "On time" : `On time, ${tier} tier`,
            cell: (month: MonthRow) => {
              const item = itemOf(month, tier);
              return item ? <Attained measure={item.timeliness} /> : "no data";
            },
          })),
          {
            head: "Late hours",
            figure: true,
            cell: ({ total }: MonthRow) => lateText(total.timeliness),
          },
          { head: "Complete", cell: ({ total }: MonthRow) => <Attained measure={total.completeness} /> },
          { head: "In their hour", cell: ({ total }: MonthRow) => <Attained measure={total.skew} /> },
        ]}
      />
    </>
  );
}

/** The tiers of these months, the one promised most first. */
function tierNames({ tiers, months }: SloReport): string[] {
  const all = [...tiers, ...months.flatMap((month) => month.tiers).toSorted(mostPromisedFirst)];
  return [...new Set(all.map(({ name }) => name))];
}

function itemOf(month: MonthRow, tier: string | null): SloItemJson | undefined {
  return tier === null ? month.total : month.tiers.find(({ name }) => name === tier);
}

function hasData({ total }: MonthRow): boolean {
  return total.hours.due > 0 || total.hours.excused > 0;
}

function standingOf({ period, restatements }: MonthRow, asOf: string): string {
  const standing = period.frozen ? "frozen" : period.name >= asOf.slice(0, 7) ? "in progress" : "not frozen yet";
  if (restatements === 0) return standing;
  return `${standing}, restated ${restatements === 1 ? "once" : `${formatCount(restatements)} times`}`;
}
