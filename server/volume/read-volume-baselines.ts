import { setImmediate } from "node:timers/promises";
import type { VolumeFigures } from "#domain/api/volume.ts";
import { addHours, formatHour, type Hour } from "#domain/hour.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { judgeLane, learningHours } from "./judge-lane.ts";
import { loadExclusions } from "./load-exclusions.ts";
import { laneOf, loadLanes, loadTotals } from "./load-volume-history.ts";

export interface VolumeKey {
  eventType: string;
  hour: Hour;
}

export interface VolumeBaseline extends VolumeFigures {
  eventType: string;
  /** null: all together. */
  datacenter: string | null;
  hour: Hour;
}

/** Figures of hours whose counts are unchanged. Pass the same instance to every call: history is read only for new hours. */
export class VolumeMemory {
  readonly said = new Map<string, VolumeBaseline[]>();
}

interface AskedHour extends VolumeKey {
  id: number;
  /** Its counts, and the marked incidents. */
  stamp: string;
}

/**
 * Observed against expected counts of single hours, in total and by datacenter. Omits hours that are unclosed or have an unknown count,
 * so that an unfinished hour is never called low. History is read in two statements however many hours are requested.
 */
export async function readVolumeBaselines({
  ctx,
  input,
}: Call<{ hours: readonly VolumeKey[]; memory?: VolumeMemory }>): Promise<VolumeBaseline[]> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const said = input.memory?.said ?? new Map<string, VolumeBaseline[]>();
  const asked = await findAsked(sql, input.hours);
  const fresh = asked.filter((hour) => !said.has(keyOf(hour)));
  if (fresh.length > 0) await judgeHours(sql, fresh, said);
  const keys = new Set(asked.map(keyOf));
  for (const key of said.keys()) if (!keys.has(key)) said.delete(key);
  return asked.flatMap((hour) => said.get(keyOf(hour)) ?? []);
}

const keyOf = ({ id, hour, stamp }: AskedHour) => `${id} ${hour.getTime()} ${stamp}`;

const askedHours = bulkRows({ eventType: "text", hour: "timestamptz" });

/** The hours that can be judged. */
async function findAsked(sql: Sql, hours: readonly VolumeKey[]): Promise<AskedHour[]> {
  return sql.rows<AskedHour>(
    `SELECT t.id, t.name AS "eventType", v.hour, v.revision || ' ' || v.produced || ' ' || marks.stamp AS stamp
       FROM ${askedHours.from("asked")}
       JOIN event_type t ON t.name = asked.event_type AND t.claimed_at IS NOT NULL
       JOIN verdict v ON v.event_type_id = t.id AND v.hour = asked.hour
      CROSS JOIN (SELECT count(*) || '/' || count(removed_at) AS stamp FROM volume_exclusion) marks
      WHERE v.closed_at IS NOT NULL AND v.known
        AND v.hour >= t.active_from AND (t.active_to IS NULL OR v.hour < t.active_to)
      ORDER BY t.id, v.hour`,
    askedHours.values(hours),
  );
}

async function judgeHours(sql: Sql, asked: readonly AskedHour[], said: Map<string, VolumeBaseline[]>): Promise<void> {
  const instants = asked.map(({ hour }) => hour.getTime());
  const range = {
    eventTypeIds: [...new Set(asked.map(({ id }) => id))],
    from: addHours(new Date(Math.min(...instants)), -learningHours),
    to: addHours(new Date(Math.max(...instants)), 1),
  };
  const [exclusions, totals, lanes] = await Promise.all([
    loadExclusions(sql, range),
    loadTotals(sql, range),
    loadLanes(sql, range),
  ]);
  const byType = new Map<number, AskedHour[]>();
  for (const hour of asked) byType.set(hour.id, [...(byType.get(hour.id) ?? []), hour]);
  for (const row of [...totals, ...lanes]) {
    const figures = judgeLane(laneOf(row, range, exclusions), learningHours);
    for (const hour of byType.get(row.id) ?? []) {
      const own = figures.get(formatHour(hour.hour));
      if (!own) continue;
      const baseline = { eventType: hour.eventType, datacenter: row.dc, hour: hour.hour, ...own };
      const key = keyOf(hour);
      said.set(key, [...(said.get(key) ?? []), baseline]);
    }
    // Thousands of lanes take seconds: yield to the event loop in between.
    await setImmediate();
  }
}
