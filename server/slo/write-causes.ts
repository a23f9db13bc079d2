import type { SloCause, SloDay } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import { type DayKey, dayColumns } from "./take-days.ts";

/** Replaces what missed the objectives on these days. */
export async function writeCauses(tx: Sql, days: readonly (DayKey & { rolled: SloDay })[]): Promise<void> {
  if (days.length === 0) return;
  await tx.query(
    `DELETE FROM slo_cause c USING unnest($1::int[], $2::timestamptz[]) AS k(event_type_id, day)
      WHERE c.event_type_id = k.event_type_id AND c.day = k.day`,
    dayColumns(days).slice(0, 2),
  );
  const causes = days.flatMap(({ eventTypeId, day, rolled }) =>
    rolled.causes.map((cause) => ({ eventTypeId, day, cause })),
  );
  if (causes.length === 0) return;
  const column = <Value>(pick: (cause: SloCause) => Value) => causes.map(({ cause }) => pick(cause));
  await tx.query(
    `INSERT INTO slo_cause (event_type_id, day, measure, datacenter, stage, deployment, hours, events)
     SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::float8[])`,
    [
      causes.map(({ eventTypeId }) => eventTypeId),
      causes.map(({ day }) => day),
      column((cause) => cause.measure),
      column((cause) => cause.datacenter),
      column((cause) => cause.stage),
      column((cause) => cause.deployment),
      column((cause) => cause.hours),
      column((cause) => cause.events),
    ],
  );
}
