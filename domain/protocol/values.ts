import { type Hour, parseHour } from "../hour.ts";

// Checks of single values. They run once per report, so the valid path builds no text.

export const maxLine = 255;
// PostgreSQL cannot store NUL, and line feeds have no place in a name.
const control = /\p{Cc}/u;

export const lineRule = `must be a string of 1 to ${maxLine} characters without control characters`;
export const countRule = `must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;
export const hourRule = "must be a UTC hour like 2026-11-22T13";
export const instantRule = "must be an RFC 3339 instant like 2026-11-22T13:04:05Z";

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown, maxLength: number): value is string {
  return (
    typeof value === "string" &&
    value.length > 0 &&
    value.length <= maxLength &&
    value.isWellFormed() &&
    !control.test(value)
  );
}

/** A single-line text, such as a version or an owner. Names used for lookups are read by `readName`. */
export function isLine(value: unknown): value is string {
  return isText(value, maxLine);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

const rememberedHours = 4_096;
const hours = new Map<string, Hour>();

/** parseHour with a cache: a message's reports name few hours. */
export function readHour(value: unknown): Hour | null {
  if (typeof value !== "string") return null;
  const known = hours.get(value);
  if (known) return known;
  const hour = parseHour(value);
  if (hour) {
    if (hours.size >= rememberedHours) hours.clear();
    hours.set(value, hour);
  }
  return hour;
}

/** The hours that can hold data: from 1970 to one month ahead, so that a typo does not create a partition. */
export function holdsData(hour: Hour, now: Date): boolean {
  const ms = hour.getTime();
  return ms >= 0 && ms <= now.getTime() + 31 * 86_400_000;
}

export const holdsDataRule = "must be an hour from 1970 to 31 days ahead";
