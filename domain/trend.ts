/** Hours of a type as columns, oldest first; null: unknown. `from` starts a UTC day. */
export interface HourColumns {
  from: Date;
  closingDelaySeconds: readonly (number | null)[];
  produced: readonly (number | null)[];
  lost: readonly (number | null)[];
  duplicated: readonly (number | null)[];
  skewed: readonly (number | null)[];
}

export interface TrendDay {
  /** 2026-11-22 */
  day: string;
  /** Over the day's closed hours, in seconds; null if none is closed. */
  p50: number | null;
  p90: number | null;
  max: number | null;
  produced: number;
  /** Of produced, summed over the day; null if nothing was produced. */
  lostShare: number | null;
  duplicatedShare: number | null;
  skewedShare: number | null;
}

const hourMs = 3_600_000;
const hoursOfDay = 24;
const hoursOfWeek = 168;

/**
 * Each UTC day of the hours. Percentiles are over hours, shares over events: a small hour weighs less than a large one.
 */
export function trendDays(columns: HourColumns): TrendDay[] {
  const days = Math.ceil(columns.closingDelaySeconds.length / hoursOfDay);
  return Array.from({ length: days }, (_, at) => {
    const span = [at * hoursOfDay, (at + 1) * hoursOfDay] as const;
    const delays = known(columns.closingDelaySeconds.slice(...span)).sort((one, other) => one - other);
    const sum = (column: readonly (number | null)[]) =>
      known(column.slice(...span)).reduce((all, each) => all + each, 0);
    const produced = sum(columns.produced);
    const share = (column: readonly (number | null)[]) => (produced === 0 ? null : sum(column) / produced);
    return {
      day: new Date(columns.from.getTime() + at * hoursOfDay * hourMs).toISOString().slice(0, 10),
      p50: percentile(delays, 0.5),
      p90: percentile(delays, 0.9),
      max: delays.at(-1) ?? null,
      produced,
      lostShare: share(columns.lost),
      duplicatedShare: share(columns.duplicated),
      skewedShare: share(columns.skewed),
    };
  });
}

/** The median closing delay of each hour of the week, Monday 00 UTC first; null if no such hour was closed. */
export function weekCarpet({
  from,
  closingDelaySeconds,
}: Pick<HourColumns, "from" | "closingDelaySeconds">): (number | null)[] {
  const slots: number[][] = Array.from({ length: hoursOfWeek }, () => []);
  const start = (((from.getUTCDay() + 6) % 7) * hoursOfDay + from.getUTCHours()) % hoursOfWeek;
  for (const [at, delay] of closingDelaySeconds.entries()) {
    if (delay !== null) slots[(start + at) % hoursOfWeek]?.push(delay);
  }
  return slots.map((delays) =>
    percentile(
      delays.sort((one, other) => one - other),
      0.5,
    ),
  );
}

/** The smallest value that at least this share of the sorted values does not exceed (nearest rank). */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

const known = (column: readonly (number | null)[]) => column.filter((each) => each !== null);
