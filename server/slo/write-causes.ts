import type { SloDay } from "#domain/slo.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { type DayKey, dayKeys } from "./claim-days.ts";

const causeRows = bulkRows({
  eventTypeId: "int",
  day: "timestamptz",
  measure: "text",
  datacenter: "text",
  stage: "text",
  deployment: "text",
  hours: "int",
  events: "float8",
});

/** Replaces what missed the objectives on these days. */
export async function writeCauses(tx: Sql, days: readonly (DayKey & { rolled: SloDay })[]): Promise<void> {
  if (days.length === 0) return;
  await tx.query(
    `DELETE FROM slo_cause c USING ${dayKeys.from("k")}
      WHERE c.event_type_id = k.event_type_id AND c.day = k.day`,
    dayKeys.values(days),
  );
  const causes = days.flatMap(({ eventTypeId, day, rolled }) =>
    rolled.causes.map((cause) => ({ eventTypeId, day, ...cause })),
  );
  if (causes.length === 0) return;
  await tx.query(
    `INSERT INTO slo_cause (${causeRows.names}) SELECT * FROM ${causeRows.from("c")}`,
    causeRows.values(causes),
  );
}
