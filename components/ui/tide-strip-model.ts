import { addHours, formatHour, hourOf, parseHour } from "#domain/hour.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { formatDuration } from "./duration.ts";

/** An hour as a strip needs it: what board rows and verdicts have in common. */
export interface StripHour {
  hour: string;
  state: VerdictState;
  amended: boolean;
  closingDelaySeconds: number | null;
}

export interface TideCell {
  hour: string;
  /** null: the hour has no verdict. */
  state: VerdictState | null;
  amended: boolean;
  /** The last hour of the unbroken run of complete hours: the tick stands under it. */
  waterline: boolean;
  /** A late hour that has been due for longer than one more day is inked deeper. */
  deep: boolean;
  /** What a screen reader says and a pointer shows: "2026-11-22T13 late, 42 min after its end". */
  label: string;
}

const deepAfterSeconds = 86_400;

/** One cell an hour from `fromHour`, as many as there are entries; entries stand at their hour's place. */
export function makeTideCells(
  hours: readonly (StripHour | null)[],
  fromHour: string,
  completeThrough: string | null,
  asOf: string,
): TideCell[] {
  const start = parseHour(fromHour);
  if (!start) return [];
  return hours.map((entry, index) => {
    const hour = entry?.hour ?? formatHour(addHours(start, index));
    const ageSeconds = (Date.parse(asOf) - Date.parse(`${hour}:00:00Z`)) / 1000 - 3600;
    return {
      hour,
      state: entry?.state ?? null,
      amended: entry?.amended ?? false,
      waterline: hour === completeThrough,
      deep: entry?.state === "late" && ageSeconds > deepAfterSeconds,
      label: labelCell(hour, entry, ageSeconds, hour === completeThrough),
    };
  });
}

/** The first hour of a strip of `count` hours that ends with the current one. */
export function stripStart(asOf: string, count: number): string {
  return formatHour(addHours(hourOf(new Date(asOf)), 1 - count));
}

function labelCell(hour: string, entry: StripHour | null, ageSeconds: number, waterline: boolean): string {
  if (!entry) return `${hour} has no verdict`;
  const parts = [`${hour} ${entry.state}`];
  if (entry.closingDelaySeconds !== null)
    parts.push(`closed ${formatDuration(entry.closingDelaySeconds)} after its end`);
  else if (entry.state === "late" || entry.state === "closing")
    parts.push(`${formatDuration(ageSeconds)} after its end`);
  if (entry.amended) parts.push("amended");
  if (waterline) parts.push("complete through here");
  return parts.join(", ");
}
