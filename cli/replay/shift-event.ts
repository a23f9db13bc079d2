import { addHours, formatHour, parseHour } from "#domain/hour.ts";

const hourMs = 3_600_000;
/** The last instant with a four-digit year: instants are not shifted beyond it. */
const lastMs = Date.parse("9999-12-31T23:59:59.999Z");

/** Whole hours to shift events by, so that the last falls into the past hour: minutes stay the same, and hours stay hours. */
export function shiftHoursToNow(lastTimeMs: number, now: Date): number {
  return Math.floor((now.getTime() - lastTimeMs) / hourMs);
}

/** The event as if reported this many hours later: its time and every hour and instant in its data. */
export function shiftEvent(event: Record<string, unknown>, hours: number): Record<string, unknown> {
  const data = event.data as Record<string, unknown> | undefined;
  return { ...event, time: shiftInstant(event.time, hours), ...(data ? { data: shiftData(data, hours) } : {}) };
}

function shiftData(data: Record<string, unknown>, hours: number): Record<string, unknown> {
  const shifted: Record<string, unknown> = { ...data };
  if ("startedAt" in data) shifted.startedAt = shiftInstant(data.startedAt, hours);
  for (const list of ["reports", "marks"]) {
    const entries = data[list];
    if (Array.isArray(entries)) shifted[list] = entries.map((entry) => shiftEntry(entry, hours));
  }
  return shifted;
}

function shiftEntry(entry: unknown, hours: number): unknown {
  if (typeof entry !== "object" || entry === null) return entry;
  const shifted: Record<string, unknown> = { ...entry };
  for (const name of ["hour", "landedHour"]) if (name in shifted) shifted[name] = shiftHour(shifted[name], hours);
  if ("watermark" in shifted) shifted.watermark = shiftInstant(shifted.watermark, hours);
  return shifted;
}

/** Anything that is not an hour or instant is unchanged: the product reports its fault. */
function shiftHour(value: unknown, hours: number): unknown {
  const hour = typeof value === "string" ? parseHour(value) : null;
  return hour ? formatHour(addHours(hour, hours)) : value;
}

function shiftInstant(value: unknown, hours: number): unknown {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? value : new Date(Math.min(ms + hours * hourMs, lastMs)).toISOString();
}
