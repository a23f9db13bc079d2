import { addHours, hourOf } from "#domain/hour.ts";
import type { DatacenterRow } from "./catalogue-rows.ts";
import type { CatalogueDiff, RowChange } from "./diff-catalogue.ts";
import { type EventTypeRow, fieldsWithEffect } from "./event-type-columns.ts";

/** The hours from..to, `to` excluded; null is unbounded. */
export interface HourRange {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Hours in which a datacenter starts or stops being expected. */
export interface ExpectationChange extends HourRange {
  readonly datacenter: string;
  /** Types that list it, or types that list none. */
  readonly ofTypes: "listing" | "unlisted";
}

/** What a catalogue change requires of verdicts. */
export interface VerdictPlan {
  /** Types whose active hours changed: hours outside lose their verdict, new hours get one. */
  readonly resized: readonly string[];
  /** Types whose every hour is judged again, because other facts count. */
  readonly rejudged: readonly string[];
  /** Types whose hours are judged from the same facts by other terms. */
  readonly retimed: readonly string[];
  /** Tiers whose deadline changed, for types without their own. */
  readonly retimedTiers: readonly string[];
  readonly expectations: readonly ExpectationChange[];
}

const expectedBy = fieldsWithEffect("facts");
const judgedBy = fieldsWithEffect("terms");

export function planVerdicts(diff: CatalogueDiff): VerdictPlan {
  const updated = diff.eventTypes.filter(({ change }) => change.action === "update");
  return {
    resized: diff.eventTypes.filter((change) => isResized(change)).map(({ after }) => after.name),
    rejudged: updated.filter((change) => touches(change, expectedBy)).map(({ after }) => after.name),
    retimed: updated
      .filter((change) => touches(change, judgedBy) && !touches(change, expectedBy))
      .map(({ after }) => after.name),
    retimedTiers: diff.tiers
      .filter(({ before, after }) => before !== null && before.deadlineSeconds !== after.deadlineSeconds)
      .map(({ after }) => after.name),
    expectations: diff.datacenters.flatMap(expectationChanges),
  };
}

/** The end of the hours created so far: the current hour's end. */
export function createdThrough(now: Date): Date {
  return addHours(hourOf(now), 1);
}

/** The hours with verdicts of a type, as from and to; null if it starts later. */
export function createdRange(row: EventTypeRow, now: Date): { from: Date; to: Date } | null {
  const through = createdThrough(now);
  const to = row.activeTo && row.activeTo < through ? row.activeTo : through;
  return row.activeFrom && row.activeFrom < to ? { from: row.activeFrom, to } : null;
}

const range = fieldsWithEffect("hours");

function isResized(change: RowChange<EventTypeRow>): boolean {
  return change.change.action !== "update" || touches(change, range);
}

function touches({ change }: RowChange<EventTypeRow>, fields: ReadonlySet<string>): boolean {
  return change.fields.some(({ field }) => fields.has(field));
}

/** A type that lists a datacenter expects it until retired; a type without a list, while it is claimed and active. */
function expectationChanges({ before, after }: RowChange<DatacenterRow>): ExpectationChange[] {
  const datacenter = after.name;
  const wasActive = before?.claimedAt ? { from: before.activeFrom, to: before.activeTo } : null;
  const unlisted = difference(wasActive, { from: after.activeFrom, to: after.activeTo });
  const listing = before ? difference({ from: null, to: before.activeTo }, { from: null, to: after.activeTo }) : [];
  return [
    ...unlisted.map((hours) => ({ datacenter, ofTypes: "unlisted" as const, ...hours })),
    ...listing.map((hours) => ({ datacenter, ofTypes: "listing" as const, ...hours })),
  ];
}

/** Hours in exactly one of the ranges. */
function difference(before: HourRange | null, after: HourRange): HourRange[] {
  if (!before || !overlap(before, after)) return before ? [before, after] : [after];
  return [between(before.from, after.from, "start"), between(before.to, after.to, "end")].filter(
    (hours) => hours !== null,
  );
}

function overlap(a: HourRange, b: HourRange): boolean {
  return (!a.to || !b.from || b.from < a.to) && (!b.to || !a.from || a.from < b.to);
}

/** A missing start sorts before every hour, a missing end after. */
function between(a: Date | null, b: Date | null, side: "start" | "end"): HourRange | null {
  if (a?.getTime() === b?.getTime()) return null;
  if (a === null || b === null) return side === "start" ? { from: null, to: a ?? b } : { from: a ?? b, to: null };
  return a < b ? { from: a, to: b } : { from: b, to: a };
}
