import { Temporal } from "temporal-polyfill";
import { dayAt } from "../calendar-day.ts";
import { nextWindows } from "../silence.ts";
import type { OnCallSchedule } from "./schedule-schema.ts";

type Layer = OnCallSchedule["layers"][number];

/** A person who takes over for a while, whoever's turn it is. */
export interface Override {
  readonly id: string;
  readonly person: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly createdAt: Date;
}

/** Who is on call from when to when, and why. */
export interface Shift {
  readonly person: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** The layer whose turn it is; null: an override. */
  readonly layer: string | null;
  readonly overrideId: string | null;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A part of a span that one layer or override claims. */
interface Claim extends Span {
  readonly person: string;
  readonly layer: string | null;
  readonly overrideId: string | null;
}

/** The longest span that is laid out at once. */
export const maxShiftDays = 92;

const dayMs = 86_400_000;
const mostWindows = 10_000;

/** Who is on call at an instant; null: the schedule has a gap there. */
export function onCallAt(schedule: OnCallSchedule, overrides: readonly Override[], at: Date): string | null {
  const [shift] = shiftsBetween(schedule, overrides, { from: at, to: new Date(at.getTime() + 1) });
  return shift?.person ?? null;
}

/**
 * The shifts that overlap the span, of at most `maxShiftDays`, cut to it; times between them have no one on call. An
 * override wins over every layer and the newest override over older ones; a later layer wins over earlier ones.
 */
export function shiftsBetween(
  schedule: OnCallSchedule,
  overrides: readonly Override[],
  { from, to }: { from: Date; to: Date },
): Shift[] {
  const span = { start: from.getTime(), end: Math.min(to.getTime(), from.getTime() + maxShiftDays * dayMs) };
  const people = new Set(schedule.people.map(({ name }) => name));
  const replaced = overrides
    .filter(({ person }) => people.has(person))
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1))
    .map(({ id, person, startsAt, endsAt }) => [
      { person, layer: null, overrideId: id, start: startsAt.getTime(), end: endsAt.getTime() },
    ]);
  const claims = [...schedule.layers.map((layer) => claimsOf(layer, schedule.timeZone, span)), ...replaced];
  return lay(claims, span);
}

/** From the weakest to the strongest: at each instant the last that claims it has it. */
function lay(claims: readonly (readonly Claim[])[], span: Span): Shift[] {
  let laid: Claim[] = [];
  for (const stronger of claims)
    for (const claim of stronger) {
      const part = { ...claim, start: Math.max(claim.start, span.start), end: Math.min(claim.end, span.end) };
      if (part.start < part.end) laid = [...laid.flatMap((each) => without(each, part)), part];
    }
  const shifts: Shift[] = [];
  for (const { start, end, ...who } of laid.toSorted((a, b) => a.start - b.start)) {
    const last = shifts.at(-1);
    const continues =
      last?.endsAt.getTime() === start &&
      last.person === who.person &&
      last.layer === who.layer &&
      last.overrideId === who.overrideId;
    if (last && continues) shifts[shifts.length - 1] = { ...last, endsAt: new Date(end) };
    else shifts.push({ ...who, startsAt: new Date(start), endsAt: new Date(end) });
  }
  return shifts;
}

function without(claim: Claim, { start, end }: Span): Claim[] {
  const before = { ...claim, end: Math.min(claim.end, start) };
  const after = { ...claim, start: Math.max(claim.start, end) };
  return [before, after].filter((part) => part.start < part.end);
}

function claimsOf(layer: Layer, zone: string, span: Span): Claim[] {
  const turns = turnsOf(layer, zone, span);
  if (layer.activeTimes === undefined) return turns;
  const windows = nextWindows(
    { startsAt: new Date(span.start), endsAt: new Date(span.end), recurrence: layer.activeTimes },
    { now: new Date(span.start), count: mostWindows },
  );
  return windows.flatMap(({ startsAt, endsAt }) =>
    turns
      .map((turn) => ({
        ...turn,
        start: Math.max(turn.start, startsAt.getTime()),
        end: Math.min(turn.end, endsAt.getTime()),
      }))
      .filter(({ start, end }) => start < end),
  );
}

/** The layer's turns that overlap the span, by the zone's clock: a week with a clock change is an hour longer or shorter. */
function turnsOf(layer: Layer, zone: string, span: Span): Claim[] {
  const days = layer.every * (layer.rotation === "weekly" ? 7 : 1);
  const first = Temporal.PlainDate.from(layer.startsOn);
  const time = Temporal.PlainTime.from({ hour: Math.floor(layer.handover / 60), minute: layer.handover % 60 });
  const startOf = (turn: number) =>
    first.add({ days: turn * days }).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
  const since = first.until(Temporal.PlainDate.from(dayAt(new Date(span.start), zone)), { largestUnit: "days" }).days;
  const turns: Claim[] = [];
  // The turn before the one of that day: it may last until the day's handover.
  for (let turn = Math.max(0, Math.floor(since / days) - 1); ; turn += 1) {
    const start = startOf(turn);
    if (start >= span.end) return turns;
    const end = startOf(turn + 1);
    const person = layer.people[turn % layer.people.length];
    if (end > span.start && person !== undefined)
      turns.push({ person, layer: layer.name, overrideId: null, start, end });
  }
}
