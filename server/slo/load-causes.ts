import type { CauseTotal } from "#domain/api/slo-report.ts";
import type { Period, SloCause } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";

export interface TypeCause extends SloCause {
  eventType: string;
}

/** What missed a period's objectives, by type, most hours first. */
export async function loadCauses(sql: Sql, { from, to }: Period): Promise<TypeCause[]> {
  return sql.rows<TypeCause>(
    `SELECT t.name AS "eventType", c.measure, c.datacenter, c.stage, c.deployment, sum(c.hours)::int AS hours, sum(c.events) AS events
       FROM slo_cause c JOIN event_type t ON t.id = c.event_type_id
      WHERE c.day >= $1 AND c.day < $2
      GROUP BY 1, 2, 3, 4, 5 ORDER BY hours DESC, events DESC, t.name COLLATE "C", c.datacenter, c.stage, c.deployment`,
    [from, to],
  );
}

/** Datacenters by the late hours that they held up. */
export function heldUpBy(causes: readonly TypeCause[]): CauseTotal[] {
  const totals = new Map<string, CauseTotal>();
  for (const { measure, datacenter, hours, events } of causes) {
    if (datacenter === "") continue;
    const total = totals.get(datacenter) ?? { name: datacenter, lateHours: 0, lostEvents: 0 };
    if (measure === "timeliness") total.lateHours += hours;
    else total.lostEvents += events;
    totals.set(datacenter, total);
  }
  return [...totals.values()].sort((a, b) => b.lateHours - a.lateHours || b.lostEvents - a.lostEvents);
}
