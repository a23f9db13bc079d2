import { DataTable } from "#components/ui/data-table.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import type { CauseTotal, SloReport } from "#domain/api/slo-report.ts";
import styles from "./slo.module.css";

/** What broke promises, in total: by datacenter, by stage, by recent deployment. */
export function CauseTotals({ report }: { report: SloReport }) {
  const { datacenters, stages, deployments } = report.causes;
  if (datacenters.length === 0) return <p className={styles.detail}>No late hours and no lost events.</p>;
  return (
    <div className={styles.totals}>
      <Totals title="By datacenter" totals={datacenters} />
      {stages.length > 0 && <Totals title="By stage" totals={stages} />}
      {deployments.length > 0 && <Totals title="Within six hours of a deployment" totals={deployments} />}
    </div>
  );
}

function Totals({ title, totals }: { title: string; totals: readonly CauseTotal[] }) {
  const most = Math.max(...totals.map(({ lateHours }) => lateHours), 1);
  const withLate = totals.some(({ lateHours }) => lateHours > 0);
  const withLost = totals.some(({ lostEvents }) => lostEvents > 0);
  return (
    <DataTable
      plain
      compact
      label={title}
      caption={title}
      rows={totals}
      rowKey={({ name }) => name}
      columns={[
        { head: "Name", cell: ({ name }) => name },
        withLate && {
          head: "Late hours held up",
          cell: ({ lateHours }) => (
            <span className={styles.barred}>
              {formatCount(lateHours)}
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect className={styles.budgetOver} width={(lateHours / most) * 100} height="6" />
              </svg>
            </span>
          ),
        },
        withLost && { head: "Events lost", figure: true, cell: ({ lostEvents }) => formatCount(lostEvents) },
      ]}
    />
  );
}
