import { Invalid } from "#server/errors.ts";

const minuteMs = 60_000;
const mostSpans = 180;
/** As long as samples are kept. */
const longestMs = 48 * 60 * minuteMs;

/** A range of the past; without bounds the last hours. */
export interface LagRange {
  hours: number;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** Spans of equal length, aligned to the epoch; the last one holds the range's end. */
export interface LagSpans {
  /** Excluded. */
  after: Date;
  to: Date;
  stepSeconds: number;
  count: number;
  /** The end of the first span. */
  firstEnd: Date;
}

export function lagSpansOf({ hours, from, to }: LagRange, now: Date): LagSpans {
  const toMs = Math.min(now.getTime(), to?.getTime() ?? Infinity);
  const lengthMs = from === undefined ? hours * 60 * minuteMs : toMs - from.getTime();
  if (lengthMs <= 0) throw new Invalid("`from` is not before `to`, or in the future.");
  if (lengthMs > longestMs) throw new Invalid("The range is longer than 48 h: lags are kept for 48 h.");
  const stepMs = Math.ceil(lengthMs / minuteMs / mostSpans) * minuteMs;
  const last = Math.floor(toMs / stepMs);
  const first = from === undefined ? last - Math.ceil(lengthMs / stepMs) + 1 : Math.floor(from.getTime() / stepMs);
  return {
    // a sample at the first span's start is in it
    after: new Date(first * stepMs - 1),
    to: new Date(toMs),
    stepSeconds: stepMs / 1_000,
    count: last - first + 1,
    firstEnd: new Date((first + 1) * stepMs),
  };
}

/** The lag of each span, of its samples' last; null: unknown. */
export function lagsBySpan(
  samples: readonly { atMs: number; lagSeconds: number | null }[],
  { firstEnd, stepSeconds, count }: LagSpans,
): (number | null)[] {
  const lags = Array<number | null>(count).fill(null);
  for (const { atMs, lagSeconds } of samples) {
    const span = Math.floor((atMs - firstEnd.getTime()) / stepSeconds / 1_000) + 1;
    lags[span] = lagSeconds === null ? null : Math.round(Math.max(0, lagSeconds));
  }
  return lags;
}
