import { addHours, formatHour, hourOf, parseHour } from "#domain/hour.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { formatDuration } from "./duration.ts";

/** An hour as a strip needs it: the common part of board rows and verdicts. */
export interface StripHour {
  /** Default: the hour of its position. */
  hour?: string;
  state: VerdictState;
  amended: boolean;
  /** Its owner accepted it as it is; verdicts say who. */
  accepted?: boolean | object | null;
  closingDelaySeconds: number | null;
  deadlineMet?: boolean | null;
}

export interface TideCell {
  hour: string;
  /** null: the hour has no verdict. */
  state: VerdictState | null;
  amended: boolean;
  accepted: boolean;
  /** It closed after its deadline. */
  missed: boolean;
  /** The last hour of the unbroken run of complete hours: the tick is under it. */
  waterline: boolean;
  /** A late hour more than a day past its deadline is inked darker. */
  deep: boolean;
  /** The label for screen readers and tooltips: "2026-11-22T13 complete, closed 13 min after its end". */
  label: string;
}

const deepAfterHours = 24;

/**
 * One cell per hour from `fromHour`, as many as there are entries; entries are at their hour's index. Nothing in a cell
 * changes by the minute, so a strip is redrawn only when an hour changes; `currentHour` is the running one.
 */
export function makeTideCells(
  hours: readonly (StripHour | null)[],
  fromHour: string,
  completeThrough: string | null,
  currentHour: string,
): TideCell[] {
  const start = parseHour(fromHour);
  if (!start) return [];
  const now = parseHour(currentHour) ?? start;
  return hours.map((entry, index) => {
    const hour = entry?.hour ?? formatHour(addHours(start, index));
    const ageHours = (now.getTime() - Date.parse(`${hour}:00:00Z`)) / 3_600_000 - 1;
    return {
      hour,
      state: entry?.state ?? null,
      amended: entry?.amended ?? false,
      accepted: Boolean(entry?.accepted),
      missed: entry !== null && isMissed(entry),
      waterline: hour === completeThrough,
      deep: entry?.state === "late" && ageHours >= deepAfterHours,
      label: labelCell(hour, entry, hour === completeThrough),
    };
  });
}

/** The first hour of a strip of `count` hours that ends with the current one. */
export function stripStart(currentHour: string, count: number): string {
  return formatHour(addHours(parseHour(currentHour) ?? new Date(0), 1 - count));
}

/** The current hour at an instant, by name. */
export function hourNameOf(instantAt: string): string {
  return formatHour(hourOf(new Date(instantAt)));
}

/** A late hour is not closed: its state says that it missed the deadline. */
function isMissed({ deadlineMet, closingDelaySeconds }: StripHour): boolean {
  return deadlineMet === false && closingDelaySeconds !== null;
}

function labelCell(hour: string, entry: StripHour | null, waterline: boolean): string {
  if (!entry) return `${hour} has no verdict`;
  const parts = [`${hour} ${entry.state}`];
  if (entry.closingDelaySeconds !== null)
    parts.push(`closed ${formatDuration(entry.closingDelaySeconds)} after its end`);
  else if (entry.state === "late" || entry.state === "closing") parts.push("not closed");
  if (isMissed(entry)) parts.push("deadline missed");
  if (entry.amended) parts.push("amended");
  if (entry.accepted) parts.push("accepted");
  if (waterline) parts.push("complete through here");
  return parts.join(", ");
}
