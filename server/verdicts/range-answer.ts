import type { NotReadyHourJson, NotReadyRangeJson, RangeReadinessJson, ReadyRangeJson } from "#domain/api/ready.ts";
import { addHours, formatHour, hourEnd } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { retryAfterSeconds } from "#domain/not-ready.ts";
import { explainRange, worstNotReady } from "#domain/range-readiness.ts";
import { completenessOf } from "#domain/verdict.ts";
import type { Context } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { toAcceptedJson } from "./accepted-columns.ts";
import { toForecastJson } from "./forecast-json.ts";
import { type AskedHour, loadHours } from "./load-hour.ts";
import type { HourRange } from "./range-input.ts";
import type { RangeHour, RangeReading } from "./read-range.ts";
import { toVerdict } from "./verdict-json.ts";

export type RangeAnswer =
  | { ready: true; body: ReadyRangeJson }
  | { ready: false; detail: string; retryAfterSeconds: number; body: NotReadyRangeJson };

interface Answered {
  ctx: Context;
  range: HourRange;
  reading: RangeReading;
}

const mostListed = 200;
const answers = new WeakMap<RangeReading, Promise<RangeAnswer>>();

/** The gate's answer for this reading, computed once for all who share it. */
export function answerRange(answered: Answered): Promise<RangeAnswer> {
  const answer = answers.get(answered.reading) ?? makeAnswer(answered);
  answers.set(answered.reading, answer);
  return answer;
}

async function makeAnswer({ ctx, range, reading }: Answered): Promise<RangeAnswer> {
  const asked = { ...askedFor(range, reading), asOf: formatInstant(reading.asOf) };
  const last = reading.notReady.at(-1);
  if (!last) return { ready: true, body: { ...asked, ready: true, types: totalsOf(reading.hours) } };
  const { detail, ...waiting } = await explain(ctx, reading);
  return {
    ready: false,
    detail,
    // The latest hour is ready last: retrying before it ends is pointless.
    retryAfterSeconds: retryAfterSeconds(last.state, last.hour, reading.asOf, ctx.clock.speed),
    body: { ...asked, ready: false, ...waiting },
  };
}

/** The same for a page, with every hour's state. */
export async function showRange({ ctx, range, reading }: Answered): Promise<RangeReadinessJson> {
  const { detail, ...waiting } = await explain(ctx, reading);
  const cells = new Map(reading.hours.map((each) => [`${each.eventType} ${each.hour.getTime()}`, each]));
  const hours: Date[] = [];
  for (let hour = range.from; hour < range.to; hour = addHours(hour, 1)) hours.push(hour);
  return {
    ...askedFor(range, reading),
    ready: reading.notReady.length === 0,
    sentence: detail,
    types: range.eventTypes.map((eventType) => ({
      eventType,
      hours: hours.map((hour) => {
        const cell = cells.get(`${eventType} ${hour.getTime()}`);
        if (!cell) return null;
        const { state, ready, amended, accepted = false } = cell;
        return { hour: formatHour(hour), state, ready, amended, accepted };
      }),
    })),
    ...waiting,
    asOf: formatInstant(reading.asOf),
  };
}

function askedFor({ eventTypes, day, zone, from, to }: HourRange, { hours, notReady }: RangeReading) {
  const counts = { totalHours: hours.length, readyHours: hours.length - notReady.length };
  return { eventTypes, day, zone, from: formatHour(from), to: formatHour(to), ...counts, ...listAccepted(hours) };
}

/** Hours readable although incomplete, and who accepted them. */
function listAccepted(hours: readonly RangeHour[]): Pick<ReadyRangeJson, "accepted" | "acceptedHours"> {
  const accepted = hours.flatMap(({ eventType, hour, state, acceptedBy, byAcceptance }) => {
    const json = byAcceptance ? toAcceptedJson(acceptedBy) : null;
    return json ? [{ ...json, eventType, hour: formatHour(hour), state }] : [];
  });
  return { accepted: accepted.slice(0, mostListed), acceptedHours: accepted.length };
}

function totalsOf(hours: readonly RangeHour[]): ReadyRangeJson["types"] {
  const byType = Map.groupBy(hours, ({ eventType }) => eventType);
  return [...byType].map(([eventType, of]) => {
    const sum = (figure: "produced" | "delivered" | "lost" | "duplicated") =>
      of.reduce((total, hour) => total + hour[figure], 0n);
    const [produced, lost] = [sum("produced"), sum("lost")];
    return {
      eventType,
      hours: of.length,
      produced: Number(produced),
      delivered: Number(sum("delivered")),
      lost: Number(lost),
      duplicated: Number(sum("duplicated")),
      completeness: of.every(({ known }) => known) ? completenessOf(produced, lost) : null,
    };
  });
}

/** Why hours are not ready and when they probably will be. */
async function explain(ctx: Context, { notReady, hours, asOf }: RangeReading) {
  const worst = worstNotReady(notReady);
  const listed = notReady.slice(0, mostListed);
  const named = worst && !listed.includes(worst) ? [worst] : [];
  const details = await detail(ctx, [...listed, ...named], asOf);
  const shown = details.slice(0, listed.length);
  const worstShown =
    worst && details.find(({ eventType, hour }) => eventType === worst.eventType && hour === formatHour(worst.hour));
  const p90 = (each: NotReadyHourJson | null | undefined) =>
    each?.forecast ? new Date(each.forecast.closesAt.p90) : null;
  const expected = shown.map(p90);
  const known = expected.length > 0 && notReady.length === shown.length && expected.every((at) => at !== null);
  return {
    detail: explainRange({
      total: hours.length,
      notReady: notReady.length,
      worst: worst && { ...worst, reason: worstShown?.reasons[0]?.message ?? null, closesAtP90: p90(worstShown) },
    }),
    notReady: shown,
    more: notReady.length - shown.length,
    expectedAt: known ? formatInstant(new Date(Math.max(...expected.map((at) => at?.getTime() ?? 0)))) : null,
  };
}

async function detail(ctx: Context, hours: readonly RangeHour[], asOf: Date): Promise<NotReadyHourJson[]> {
  const begun = hours.filter(({ hour }) => hour <= asOf);
  const asked: AskedHour[] = begun.map(({ eventType, hour }) => ({ eventType, hour }));
  const loaded = await loadHours(ctx.database.sql, asked, asOf);
  const byHour = new Map(begun.map((hour, index) => [hour, loaded[index]]));
  return hours.map((hour) => {
    const each = byHour.get(hour);
    const { eventType, state } = hour;
    const name = formatHour(hour.hour);
    if (!each || each instanceof NotFound) {
      const deadlineAt = formatInstant(hourEnd(hour.hour));
      return { eventType, hour: name, state, completeness: null, deadlineAt, reasons: [], forecast: null };
    }
    const { completeness, deadlineAt, reasons, closedAt } = toVerdict(eventType, each.verdict, asOf, each);
    const forecast = closedAt === null ? toForecastJson(each.forecast, each.verdict.deadlineAt, ctx.clock) : null;
    return { eventType, hour: name, state, completeness, deadlineAt, reasons, forecast };
  });
}
