import type { CauseTotal } from "#domain/api/slo-report.ts";
import type { Period, SloCause } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";

export interface TypeCause extends SloCause {
  eventType: string;
}

/** What missed a period's objectives, by type, most hours first. */
export async function loadCauses(sql: Sql, { from, to }: Period): Promise<TypeCause[]> {
  const { rows } = await sql.query<TypeCause>(
    `SELECT t.name AS "eventType", c.measure, c.datacenter, c.stage, c.deployment, sum(c.hours)::int AS hours, sum(c.events) AS events
       FROM slo_cause c JOIN event_type t ON t.id = c.event_type_id
      WHERE c.day >= $1 AND c.day < $2
      GROUP BY 1, 2, 3, 4, 5 ORDER BY hours DESC, events DESC, t.name COLLATE "C", c.datacenter, c.stage, c.deployment`,
    [from, to],
  );
  return rows;
}

/** Totals by one of a cause's labels; unnamed ones are left out. */
export function totalCauses(causes: readonly TypeCause[], by: "datacenter" | "stage" | "deployment"): CauseTotal[] {
  const totals = new Map<string, CauseTotal>();
  for (const cause of causes) {
    const name = cause[by];
    if (name === "") continue;
    const total = totals.get(name) ?? { name, lateHours: 0, lostEvents: 0 };
    if (cause.measure === "timeliness") total.lateHours += cause.hours;
    else total.lostEvents += cause.events;
    totals.set(name, total);
  }
  return [...totals.values()].sort((a, b) => b.lateHours - a.lateHours || b.lostEvents - a.lostEvents);
}
