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
    <table className={styles.figures}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          {withLate && <th scope="col">Late hours held up</th>}
          {withLost && <th scope="col">Events lost</th>}
        </tr>
      </thead>
      <tbody>
        {totals.map(({ name, lateHours, lostEvents }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {withLate && (
              <td>
                <span className={styles.barred}>
                  {formatCount(lateHours)}
                  <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect className={styles.budgetOver} width={(lateHours / most) * 100} height="6" />
                  </svg>
                </span>
              </td>
            )}
            {withLost && <td>{formatCount(lostEvents)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
