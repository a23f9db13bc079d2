import { type Deployed, deploymentWindowMs } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";

const dayMs = 86_400_000;
/** Deployments are matched up to an hour's deadline, but over longer ones only this far. */
const longestDeadlineMs = 7 * dayMs;

/** The deployments around each day. */
export async function loadDeployed(tx: Sql, days: readonly { day: Date }[]): Promise<(day: Date) => Deployed[]> {
  const starts = days.map(({ day }) => day.getTime());
  const first = new Date(Math.min(...starts) - deploymentWindowMs);
  const last = new Date(Math.max(...starts) + dayMs + longestDeadlineMs);
  const { rows } = await tx.query<Deployed>(
    `SELECT dc.name AS datacenter, d.component || ' ' || d.version AS what, d.deployed_at AS "deployedAt"
       FROM deployment d LEFT JOIN datacenter dc ON dc.id = d.datacenter_id
      WHERE d.deployed_at BETWEEN $1 AND $2 ORDER BY d.deployed_at, d.id`,
    [first, last],
  );
  const byDay = new Map<number, Deployed[]>();
  return (day) => {
    const startMs = day.getTime();
    const around = byDay.get(startMs) ?? rows.filter(({ deployedAt }) => isAround(deployedAt.getTime(), startMs));
    byDay.set(startMs, around);
    return around;
  };
}

function isAround(atMs: number, dayStartMs: number): boolean {
  return atMs >= dayStartMs - deploymentWindowMs && atMs <= dayStartMs + dayMs + longestDeadlineMs;
}
