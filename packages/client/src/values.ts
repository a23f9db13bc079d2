import { BadInput } from "./bad-input.ts";
import { hourOf, type Stage } from "./messages.ts";

// Tidemark's own rules for single values, so that an invalid one is refused when passed and not minutes later, in a batch
// with others. count() checks every event: valid values are cached.

const maxName = 255;
const maxRemembered = 10_000;
const stages: readonly unknown[] = ["produced", "published", "delivered"];
const neverInNames = /[\p{Cc}\p{Noncharacter_Code_Point}]/u;
const spaceAtAnEnd = /^\p{White_Space}|\p{White_Space}$/u;
const hourMs = 3_600_000;
const aheadMs = 31 * 24 * hourMs;
/** How far a mark may be ahead of the moment when it is set: clocks differ, but the future cannot be promised. */
export const markAheadMs = 600_000;

const names = new Map<string, string>();
const hours = new Map<string, number>();

/** The name in Unicode's composed form (NFC): in two forms it would be two counters of one type. */
export function readName(field: string, value: unknown, maxLength = maxName): string {
  const known = maxLength === maxName && typeof value === "string" ? names.get(value) : undefined;
  if (known !== undefined) return known;
  if (typeof value !== "string") throw new BadInput(field, "must be a string", value);
  if (!value.isWellFormed()) throw new BadInput(field, "must be well-formed Unicode, without lone surrogates", value);
  const name = value.normalize("NFC");
  if (name.length === 0 || (name.length > maxLength && [...name].length > maxLength))
    throw new BadInput(field, `must have 1 to ${maxLength} characters`, value);
  if (neverInNames.test(name)) throw new BadInput(field, "must not have control characters or noncharacters", value);
  if (spaceAtAnEnd.test(name)) throw new BadInput(field, "must not begin or end with a space", value);
  if (name === "." || name === "..") throw new BadInput(field, 'must not be "." or ".."', value);
  if (maxLength === maxName) remember(names, value, name);
  return name;
}

/** A single-line text that is not used as a lookup key. */
export function readLine(field: string, value: unknown, maxLength = maxName): string {
  const isText = typeof value === "string" && value.isWellFormed() && !/\p{Cc}/u.test(value);
  if (isText && value.length > 0 && value.length <= maxLength) return value;
  throw new BadInput(field, `must have 1 to ${maxLength} characters, none of them a control character`, value);
}

export function readStage(value: unknown): Stage {
  if (!stages.includes(value)) throw new BadInput("stage", "must be produced, published or delivered", value);
  return value as Stage;
}

/** A whole number from 0 to 2^53 − 1. */
export function readAmount(field: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new BadInput(field, `must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`, value);
}

export function readInstant(field: string, value: unknown): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  throw new BadInput(field, "must be a valid Date", value);
}

/** An instant that a mark may have now. */
export function readMark(field: string, value: unknown, nowMs: number): Date {
  const instant = readInstant(field, value);
  if (instant.getTime() <= nowMs + markAheadMs) return instant;
  const clock = new Date(nowMs).toISOString();
  throw new BadInput(field, `must be at most 10 minutes ahead of this machine's clock, which says ${clock}`, value);
}

/** Hours whose counts Tidemark accepts, by this machine's clock. */
export interface HourWindow {
  nowMs: number;
  maxHourAgeMs: number;
}

/** The name of the hour, `2026-11-22T13`, from an instant, an RFC 3339 text or any spelling that Tidemark reads. */
export function readHour(field: string, value: unknown, { nowMs, maxHourAgeMs }: HourWindow): string {
  const ms = typeof value === "string" ? msOfText(field, value) : readInstant(field, value).getTime();
  const startMs = Math.floor(ms / hourMs) * hourMs;
  if (startMs <= nowMs + aheadMs && startMs >= Math.max(0, nowMs - maxHourAgeMs)) return hourOf(new Date(startMs));
  const days = Math.round(maxHourAgeMs / 24 / hourMs);
  const clock = `this machine's clock says ${new Date(nowMs).toISOString()}`;
  const most = startMs > nowMs ? "31 days ahead" : `${days} days (maxHourAgeMs) ago`;
  throw new BadInput(field, `must be at most ${most}, and ${clock}`, value);
}

const hourPattern = /^(\d{4}-\d{2}-\d{2}T\d{2})(?:Z|:00Z)?$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

function msOfText(field: string, text: string): number {
  const known = hours.get(text);
  if (known !== undefined) return known;
  const name = hourPattern.exec(text)?.[1];
  const instant = name === undefined ? text.toUpperCase() : `${name}:00:00Z`;
  const ms = instantPattern.test(instant) && isDay(instant.slice(0, 10)) ? Date.parse(instant) : Number.NaN;
  // Date.parse reads hour 24 as the next day's first.
  if (Number.isNaN(ms) || instant.slice(11, 13) > "23")
    throw new BadInput(
      field,
      "must be a Date, an hour like 2026-11-22T13 or an instant like 2026-11-22T13:04:05Z",
      text,
    );
  // Instants hardly repeat; the names of hours do.
  if (name !== undefined) remember(hours, text, ms);
  return ms;
}

/** Date.parse reads 30 February as 2 March. */
function isDay(day: string): boolean {
  const read = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day);
}

function remember<Value>(known: Map<string, Value>, key: string, value: Value): void {
  if (known.size >= maxRemembered) known.clear();
  known.set(key, value);
}
