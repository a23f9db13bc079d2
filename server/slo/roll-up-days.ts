import { countsDiffer, type Deployed, noCounts, rollUpDay, type SloCounts, type SloDay } from "#domain/slo.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { type DayKey, dayKey, dayKeys } from "./claim-days.ts";
import { countColumns, countTypes, pickCounts, selectCounts } from "./count-columns.ts";
import { loadDeployed } from "./load-deployed.ts";
import { loadSloHours } from "./load-slo-hours.ts";
import { writeCauses } from "./write-causes.ts";

/** Adds up days from their verdicts; returns those whose counts changed. */
export async function rollUpDays(tx: Sql, days: readonly DayKey[], now: Date): Promise<DayKey[]> {
  const hours = await loadSloHours(tx, days, now);
  const before = await loadDays(tx, days);
  // Hours dropped by retention keep their contribution: only hours that the type no longer has lose it.
  const known = days.filter((day) => hours.get(dayKey(day))?.isWhole !== false);
  const troubled = known.some((day) => hours.get(dayKey(day))?.hours.some(({ datacenters }) => datacenters.length > 0));
  const deployed = troubled ? await loadDeployed(tx, known) : () => [] as Deployed[];
  const rolled = known.map((day) => ({
    ...day,
    rolled: rollUpDay(hours.get(dayKey(day))?.hours ?? [], now, deployed(day.day)),
  }));
  await writeDays(tx, rolled);
  await writeCauses(tx, rolled);
  return rolled.filter((day) => countsDiffer(before.get(dayKey(day)) ?? noCounts(), day.rolled.counts));
}

async function loadDays(tx: Sql, days: readonly DayKey[]): Promise<Map<string, SloCounts>> {
  const { rows } = await tx.query<SloCounts & { eventTypeId: number; day: Date }>(
    `SELECT d.event_type_id AS "eventTypeId", d.day, ${selectCounts("d")}
       FROM ${dayKeys.from("k")}
       JOIN slo_day d ON d.event_type_id = k.event_type_id AND d.day = k.day`,
    dayKeys.values(days),
  );
  return new Map(rows.map((row) => [dayKey(row), pickCounts(row)]));
}

const rolledDays = bulkRows({ eventTypeId: "int", day: "timestamptz", maturesAt: "timestamptz?", ...countTypes });
const replaced = [...countColumns, "matures_at"].map((column) => `${column} = excluded.${column}`).join(", ");

async function writeDays(tx: Sql, days: readonly (DayKey & { rolled: SloDay })[]): Promise<void> {
  if (days.length === 0) return;
  const rows = days.map(({ rolled: { maturesAt, counts }, ...day }) => ({ ...day, maturesAt, ...counts }));
  await tx.query(
    `INSERT INTO slo_day (${rolledDays.names})
     SELECT * FROM ${rolledDays.from("d")}
     ON CONFLICT (event_type_id, day) DO UPDATE SET ${replaced}`,
    rolledDays.values(rows),
  );
}
