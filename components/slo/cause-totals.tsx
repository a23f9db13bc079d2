import { DataTable } from "#components/ui/data-table.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import type { CauseRow, SloReport } from "#domain/api/slo-report.ts";
import { causeName } from "#domain/slo.ts";
import styles from "./slo.module.css";

type Row = CauseRow | { kind: "total"; lateHours: number; lostEvents: number };

/** What made hours late and lost events: each counted once, so that the rows add up to the totals. */
export function CauseTotals({ report }: { report: SloReport }) {
  const { rows } = report.causes;
  if (rows.length === 0) return <p className={styles.detail}>No late hours and no lost events.</p>;
  const total = {
    kind: "total" as const,
    lateHours: report.total.timeliness.hours.bad,
    lostEvents: report.total.completeness.events.bad,
  };
  const most = Math.max(...rows.map(({ lateHours }) => lateHours), 1);
  return (
    <DataTable<Row>
      plain
      compact
      label="Causes"
      caption="Each late hour and each lost event is counted once."
      rows={[...rows, total]}
      rowKey={(row) => (row.kind === "total" ? "total" : `${row.kind} ${causeName(row)}`)}
      columns={[
        {
          head: "Cause",
          cell: (row) =>
            row.kind === "total" ? (
              <strong>Total</strong>
            ) : (
              <>
                {causeName(row)}
                {row.stage && <span className={styles.faint}> {row.stage}</span>}
              </>
            ),
        },
        {
          head: "Late hours",
          cell: ({ kind, lateHours }) => (
            <span className={styles.barred}>
              {formatCount(lateHours)}
              {kind !== "total" && (
                <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                  <rect className={styles.budgetOver} width={(lateHours / most) * 100} height="6" />
                </svg>
              )}
            </span>
          ),
        },
        { head: "Events lost", figure: true, cell: ({ lostEvents }) => formatCount(lostEvents) },
      ]}
    />
  );
}
