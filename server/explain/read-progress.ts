import type { ProgressJson } from "#domain/api/hour-evidence.ts";
import { addHours, formatHour, type Hour, hourEnd } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { bandOf, fewestForBand } from "#domain/usual-band.ts";
import type { DatacenterEvidence } from "#domain/verdict.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { findTypeHour } from "#server/verdicts/index.ts";
import { loadHoursWithLanes, loadSamples, loadSteps, loadWatermarks } from "./load-progress.ts";
import type { HourInput } from "./read-skew.ts";

const weeks = Array.from({ length: 8 }, (_, index) => 168 * (index + 1));
const days = Array.from({ length: 14 }, (_, index) => 24 * (index + 1));

/** How the hour progressed: its watermarks' steps and samples while it was open, against the same hours before. */
export async function readProgress({ ctx, input }: Call<HourInput>): Promise<ProgressJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const { type, hour } = await findTypeHour(sql, input);
  const before = (counts: readonly number[]) => counts.map((count) => addHours(hour, -count));
  const [hours, steps, watermarks, samples] = await Promise.all([
    loadHoursWithLanes(sql, type.id, [hour, ...new Set([...before(weeks), ...before(days)])]),
    loadSteps(sql, type.id, hour),
    loadWatermarks(sql, type.id),
    loadSamples(sql, type.id, hour),
  ]);
  const basis = chooseBasis(hours, hour);
  const own = hours.find((each) => each.hour.getTime() === hour.getTime())?.datacenters ?? [];
  return {
    eventType: type.name,
    hour: formatHour(hour),
    basis: basis.name,
    basisHours: basis.hours.length,
    lanes: own.map((lane) => ({
      datacenter: lane.name,
      closedAt: lane.closedAt && formatInstant(lane.closedAt),
      steps: steps
        .filter(({ dc }) => dc === lane.name)
        .map((step) => ({ closedThrough: formatInstant(step.closedThrough), closedAt: formatInstant(step.closedAt) })),
      watermark: toInstant(watermarks.get(lane.name)),
      ...usualOf(lane.name, basis.hours),
      produced: lane.produced === null ? null : Number(lane.produced),
      delivered: Number(lane.delivered),
      samples: samples
        .filter(({ dc }) => dc === lane.name)
        .map(({ at, produced, undelivered }) => ({ at: formatInstant(at), produced, undelivered })),
    })),
    asOf: formatInstant(now),
  };
}

type HourWithLanes = { hour: Hour; datacenters: DatacenterEvidence[] };

/** The same hour of the week if it was sampled often enough, else the same hour of the day. */
function chooseBasis(
  all: readonly HourWithLanes[],
  hour: Hour,
): { name: ProgressJson["basis"]; hours: readonly HourWithLanes[] } {
  const past = all.filter((each) => each.hour < hour);
  const weekly = past.filter((each) => (hour.getTime() - each.hour.getTime()) % (168 * 3_600_000) === 0);
  if (weekly.length >= fewestForBand) return { name: "hour-of-week", hours: weekly };
  const daily = past.filter((each) => hour.getTime() - each.hour.getTime() <= 14 * 24 * 3_600_000);
  return daily.length >= fewestForBand ? { name: "hour-of-day", hours: daily } : { name: null, hours: [] };
}

function usualOf(name: string, hours: readonly HourWithLanes[]) {
  const lanes = hours.flatMap(({ hour, datacenters }) => {
    const lane = datacenters.find((each) => each.name === name);
    return lane ? [{ hour, lane }] : [];
  });
  const delays = lanes.flatMap(({ hour, lane: { closedAt } }) =>
    closedAt ? (closedAt.getTime() - hourEnd(hour).getTime()) / 1000 : [],
  );
  const volumes = lanes.flatMap(({ lane: { produced } }) => (produced === null ? [] : Number(produced)));
  return { usualDelay: bandOf(delays), usualProduced: bandOf(volumes) };
}

function toInstant(instant: Date | undefined): string | null {
  return instant ? formatInstant(instant) : null;
}
