const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** A UTC month, by its first instant. */
export type Month = Date;
/** A UTC day, by its first instant. */
export type Day = Date;

/** The period of figures: from included, to excluded, whole UTC days. */
export interface Period {
  readonly kind: "month" | "rolling";
  /** `2026-10`, or `28d`. */
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
}

const rollingDays = 28;
/**
 * How long late reports and excuses are accepted after a month's end, or after its type was claimed or changed, before the month is
 * frozen.
 */
const graceDays = 2;

/** `2026-10`; null for anything that is not a month from 1970 to 9999. */
export function parseMonth(text: string): Month | null {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text) || text < "1970") return null;
  return new Date(`${text}-01T00:00:00Z`);
}

export function formatMonth(month: Month): string {
  return month.toISOString().slice(0, 7);
}

/** `2026-10-31`. */
export function formatDay(day: Day): string {
  return day.toISOString().slice(0, 10);
}

export function monthOf(instant: Date): Month {
  return new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth()));
}

export function addMonths(month: Month, count: number): Month {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + count));
}

export function dayOf(instant: Date): Day {
  return new Date(Math.floor(instant.getTime() / dayMs) * dayMs);
}

export function addDays(day: Day, count: number): Day {
  return new Date(day.getTime() + count * dayMs);
}

export function monthPeriod(month: Month): Period {
  return { kind: "month", name: formatMonth(month), from: month, to: addMonths(month, 1) };
}

/** The 28 days up to and including today, which is not over. */
export function rollingPeriod(now: Date): Period {
  const to = addDays(dayOf(now), 1);
  return { kind: "rolling", name: `${rollingDays}d`, from: addDays(to, -rollingDays), to };
}

export function daysOf({ from, to }: Pick<Period, "from" | "to">): Day[] {
  return Array.from({ length: Math.round((to.getTime() - from.getTime()) / dayMs) }, (_, index) =>
    addDays(from, index),
  );
}

/** The parts of a period by week, Monday to Sunday. */
export function weeksOf({ from, to }: Pick<Period, "from" | "to">): { from: Day; to: Day }[] {
  const weeks: { from: Day; to: Day }[] = [];
  for (let start = from; start < to; ) {
    const monday = addDays(start, 7 - ((start.getUTCDay() + 6) % 7));
    const end = monday < to ? monday : to;
    weeks.push({ from: start, to: end });
    start = end;
  }
  return weeks;
}

export interface ActiveRange {
  readonly activeFrom: Date;
  /** null: open-ended. */
  readonly activeTo: Date | null;
}

/** How many hours of the period have an objective for the type, including future ones. */
export function promisedHours(
  { activeFrom, activeTo }: ActiveRange,
  { from, to }: Pick<Period, "from" | "to">,
): number {
  const first = Math.max(from.getTime(), activeFrom.getTime());
  const last = Math.min(to.getTime(), activeTo?.getTime() ?? Number.POSITIVE_INFINITY);
  return Math.max(0, (last - first) / hourMs);
}

/** Whether hours of the period are still to come, or to fall due. */
export function isRunning(
  { activeTo, deadlineSeconds }: Pick<ActiveRange, "activeTo"> & { deadlineSeconds: number },
  { to }: Pick<Period, "to">,
  now: Date,
): boolean {
  const end = Math.min(to.getTime(), activeTo?.getTime() ?? Number.POSITIVE_INFINITY);
  return now.getTime() <= end + deadlineSeconds * 1000;
}

/** Whether hours of the period count that ended before the type was claimed: what they came to was known when it was promised. */
export function hasPastRecord(
  { activeFrom, claimedAt }: Pick<ActiveRange, "activeFrom"> & { claimedAt: Date },
  { from, to }: Pick<Period, "from" | "to">,
): boolean {
  const first = Math.max(from.getTime(), activeFrom.getTime());
  return first < to.getTime() && first + hourMs <= claimedAt.getTime();
}

export interface FreezeTerms {
  readonly month: Month;
  readonly deadlineSeconds: number;
  /** When the type was claimed, or the terms of its verdicts last changed. */
  readonly termsSince: Date;
}

/**
 * When a type's month is frozen: at the start of the 3rd of the next. Later if its last hour's deadline is later, because an
 * hour that is not due cannot be counted, or if the type was claimed or changed less than two days before: its past is still
 * to be loaded.
 */
export function freezesAt({ month, deadlineSeconds, termsSince }: FreezeTerms): Date {
  const end = addMonths(month, 1).getTime();
  const grace = graceDays * dayMs;
  return new Date(Math.max(end + grace, end + deadlineSeconds * 1000, termsSince.getTime() + grace));
}
