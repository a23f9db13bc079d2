import { countsDiffer, type Deployed, noCounts, rollUpDay, type SloCounts, type SloDay } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import { countColumnList, countColumns, pickCounts, selectCounts } from "./count-columns.ts";
import { loadDeployed } from "./load-deployed.ts";
import { loadSloHours } from "./load-slo-hours.ts";
import { type DayKey, dayColumns, dayKey } from "./take-days.ts";
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
       FROM unnest($1::int[], $2::timestamptz[]) AS k(event_type_id, day)
       JOIN slo_day d ON d.event_type_id = k.event_type_id AND d.day = k.day`,
    dayColumns(days).slice(0, 2),
  );
  return new Map(rows.map((row) => [dayKey(row), pickCounts(row)]));
}

const countParameters = countColumns.map((_, index) => `$${index + 4}::float8[]`).join(", ");
const replaced = [...countColumns, "matures_at"].map((column) => `${column} = excluded.${column}`).join(", ");

async function writeDays(tx: Sql, days: readonly (DayKey & { rolled: SloDay })[]): Promise<void> {
  if (days.length === 0) return;
  await tx.query(
    `INSERT INTO slo_day (event_type_id, day, matures_at, ${countColumnList})
     SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[], ${countParameters})
     ON CONFLICT (event_type_id, day) DO UPDATE SET ${replaced}`,
    [
      days.map(({ eventTypeId }) => eventTypeId),
      days.map(({ day }) => day),
      days.map(({ rolled }) => rolled.maturesAt),
      ...columnsOf(days.map(({ rolled }) => rolled.counts)),
    ],
  );
}

function columnsOf(counts: readonly SloCounts[]): number[][] {
  return (Object.keys(noCounts()) as (keyof SloCounts)[]).map((field) => counts.map((each) => each[field]));
}
