import type { SloExcusePreviewJson, SloItemJson } from "#domain/api/slo.ts";
import { formatHour } from "#domain/hour.ts";
import {
  addCounts,
  addDays,
  addMonths,
  dayOf,
  formatMonth,
  measures,
  monthOf,
  monthPeriod,
  rollUpDay,
  type SloCounts,
  type SloHour,
  sloCountFields,
} from "#domain/slo.ts";
import type { Call } from "#server/access/index.ts";
import { dayKey } from "./claim-days.ts";
import { type ExcuseInput, readExcuse, refused } from "./excuse-input.ts";
import { loadSloHours } from "./load-slo-hours.ts";
import { groupItems } from "./slo-item.ts";
import { loadTypeFigures, type TypeFigures } from "./type-figures.ts";

/** Days of a type, each with its hours: a tier of 100 types for a month. */
const mostDays = 3_100;
const hoursShown = 100;

type Input = Omit<ExcuseInput, "reason"> & { needsApproval: boolean };

/** Which hours an excuse would take out, and what the months would then come to. Changes nothing. */
export async function previewExcuse({ ctx, input }: Call<Input>): Promise<SloExcusePreviewJson> {
  const now = ctx.clock.now();
  return ctx.database.transaction(async (tx) => {
    const { types, from, to } = await readExcuse(ctx, tx, input);
    const days: Date[] = [];
    for (let day = dayOf(from); day < to; day = addDays(day, 1)) days.push(day);
    if (days.length * types.length > mostDays)
      throw refused("/to", `A preview covers at most ${mostDays} days of event types. Name fewer types or fewer days.`);
    const keys = types.flatMap(({ id }) => days.map((day) => ({ eventTypeId: id, day, causes: [] })));
    const hours = await loadSloHours(tx, keys, now);
    const isExcused = ({ hour }: SloHour) => hour >= from && hour < to;
    const found = types.flatMap(({ id, name }) =>
      days.flatMap((day) =>
        (hours.get(dayKey({ eventTypeId: id, day }))?.hours ?? [])
          .filter((hour) => isExcused(hour) && !hour.excused && now > hour.deadlineAt)
          .map((hour) => ({ name, hour })),
      ),
    );
    const months = monthsOf(from, to);
    const changed = new Map<string, SloCounts>();
    for (const { id, name } of types)
      for (const day of days) {
        const before = hours.get(dayKey({ eventTypeId: id, day }))?.hours ?? [];
        const after = before.map((hour) => ({ ...hour, excused: hour.excused || isExcused(hour) }));
        const key = `${name} ${monthOf(day).getTime()}`;
        const difference = subtract(rollUpDay(after, now).counts, rollUpDay(before, now).counts);
        const known = changed.get(key);
        changed.set(key, known ? addCounts([known, difference]) : difference);
      }
    const touched = await Promise.all(
      months.map(async (month) =>
        monthOfPreview(await loadTypeFigures(tx, monthPeriod(month), {}, now), month, changed),
      ),
    );
    const shown = found.map(({ name, hour }) => ({
      eventType: name,
      hour: formatHour(hour.hour),
      late: hour.closedAt === null || hour.closedAt > hour.deadlineAt,
      incomplete: hour.state === "incomplete" || hour.state === "overcounted",
    }));
    return {
      eventTypes: types.map(({ name }) => name),
      hourCount: found.length,
      lateHours: shown.filter(({ late }) => late).length,
      incompleteHours: shown.filter(({ incomplete }) => incomplete).length,
      hours: shown.filter(({ late, incomplete }) => late || incomplete).slice(0, hoursShown),
      months: touched,
      needsApproval: input.needsApproval,
    };
  });
}

function monthOfPreview(
  types: readonly TypeFigures[],
  month: Date,
  changed: ReadonlyMap<string, SloCounts>,
): SloExcusePreviewJson["months"][number] {
  const ofMonth = types.map((type) => ({ type, change: changed.get(`${type.name} ${month.getTime()}`) }));
  const tiers = new Set(ofMonth.filter(({ change }) => change).map(({ type }) => type.tier));
  const held = ofMonth.filter(({ type }) => tiers.has(type.tier));
  const heldTypes = held.map(({ type }) => type);
  const before = groupItems("tier", heldTypes);
  const after = groupItems(
    "tier",
    held.map(({ type, change }) => ({ ...type, counts: change ? addCounts([type.counts, change]) : type.counts })),
  );
  return {
    month: formatMonth(month),
    frozen: held.some(({ type, change }) => change && type.frozenAt !== null),
    tiers: before.flatMap((item, index) =>
      measures.map((measure) => ({
        tier: item.name,
        measure,
        objective: item[measure].objective,
        before: shareOf(item, measure),
        after: shareOf(after[index] ?? item, measure),
      })),
    ),
  };
}

function shareOf(item: SloItemJson, measure: (typeof measures)[number]) {
  const { basis, status } = item[measure];
  return { attainment: item[measure][basis].attainment, status };
}

function subtract(one: SloCounts, other: SloCounts): SloCounts {
  return Object.fromEntries(sloCountFields.map((field) => [field, one[field] - other[field]])) as unknown as SloCounts;
}

function monthsOf(from: Date, to: Date): Date[] {
  const months: Date[] = [];
  for (let month = monthOf(from); month < to; month = addMonths(month, 1)) months.push(month);
  return months;
}
