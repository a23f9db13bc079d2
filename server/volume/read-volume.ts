import type { VolumeFigures, VolumeJson } from "#domain/api/volume.ts";
import { addHours, formatHour, type Hour, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";
import { findEventType, readHourInput } from "#server/verdicts/index.ts";
import { judgeLane, learningHours } from "./judge-lane.ts";
import { loadExclusions } from "./load-exclusions.ts";
import { laneOf, loadLanes, loadTotals } from "./load-volume-history.ts";

export interface ReadVolumeInput {
  eventType: string;
  /** Included; absent: 48 hours before `to`. */
  from?: string | undefined;
  /** Excluded; absent: through the current hour. Future hours are forecast. */
  to?: string | undefined;
  byDatacenter?: boolean | undefined;
}

const usualHours = 48;
const mostHours = 31 * 24;
const mostHoursAhead = 7 * 24;

/** Observed against expected, hour by hour, oldest first. */
export async function readVolume({ ctx, input }: Call<ReadVolumeInput>): Promise<VolumeJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const { from, to } = readRange(input, now);
  const type = await findEventType(sql, input.eventType);
  const range = { eventTypeIds: [type.id], from: addHours(from, -learningHours), to };
  const [exclusions, totals, lanes] = await Promise.all([
    loadExclusions(sql, range),
    loadTotals(sql, range),
    input.byDatacenter ? loadLanes(sql, range) : [],
  ]);
  const figuresOf = (row: (typeof totals)[number]) => judgeLane(laneOf(row, range, exclusions), learningHours);
  const total = figuresOf(totals[0] ?? { id: type.id, dc: null, counts: "" });
  const datacenters = lanes.map((row) => ({ name: row.dc as string, figures: figuresOf(row) }));
  const items = [...total].map(([hour, figures]) => ({
    hour,
    ...figures,
    datacenters: datacenters.map(({ name, figures: own }) => ({ name, ...(own.get(hour) as VolumeFigures) })),
  }));
  return { eventType: type.name, items, asOf: formatInstant(now) };
}

function readRange({ from, to }: ReadVolumeInput, now: Date): { from: Hour; to: Hour } {
  const next = addHours(hourOf(now), 1);
  const end = to === undefined ? next : readHourInput(to, "to");
  const start = from === undefined ? addHours(end, -usualHours) : readHourInput(from, "from");
  const hours = (end.getTime() - start.getTime()) / 3_600_000;
  if (hours < 0 || hours > mostHours) {
    const detail = `from ${formatHour(start)} to ${formatHour(end)} is no range of 0 to ${mostHours} hours. Ask for a month at a time.`;
    throw new Invalid(detail, [{ parameter: "from", detail }]);
  }
  if (end > addHours(next, mostHoursAhead)) {
    const detail = `to ${formatHour(end)} is more than a week ahead, and nothing is foretold beyond that.`;
    throw new Invalid(detail, [{ parameter: "to", detail }]);
  }
  return { from: start, to: end };
}
