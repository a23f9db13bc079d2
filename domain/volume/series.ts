/** One count. `at`: the start of its interval. */
export interface VolumePoint {
  at: Date;
  count: number;
}

/** A time whose counts are not learned from: a marked incident. `to` is excluded. */
export interface ExcludedTime {
  from: Date;
  to: Date;
}

/** Counts at even steps. */
export interface VolumeSeries {
  fromMs: number;
  stepMs: number;
  /** NaN: unknown, which is never zero. */
  counts: Float64Array;
  /** 1 if the count is excluded from learning. */
  excluded: Uint8Array;
}

export interface SeriesRange {
  fromMs: number;
  stepMs: number;
  steps: number;
}

/** Puts counts on even steps; those of one step are summed, those outside the range dropped. */
export function layOutSeries(
  { fromMs, stepMs, steps }: SeriesRange,
  points: Iterable<{ atMs: number; count: number }>,
  excluded: readonly ExcludedTime[] = [],
): VolumeSeries {
  const counts = new Float64Array(steps).fill(Number.NaN);
  for (const { atMs, count } of points) {
    const index = Math.floor((atMs - fromMs) / stepMs);
    if (index < 0 || index >= steps) continue;
    const known = counts[index] as number;
    counts[index] = Number.isNaN(known) ? count : known + count;
  }
  const marks = new Uint8Array(steps);
  for (const { from, to } of excluded) {
    const first = Math.max(0, Math.floor((from.getTime() - fromMs) / stepMs));
    const end = Math.min(steps, Math.ceil((to.getTime() - fromMs) / stepMs));
    marks.fill(1, first, Math.max(first, end));
  }
  return { fromMs, stepMs, counts, excluded: marks };
}

export function startMsOf(series: VolumeSeries, index: number): number {
  return series.fromMs + index * series.stepMs;
}

// An hour of which less is known counts as unknown: filling in the rest would be a guess.
const leastKnownShare = 0.75;

/** Sums steps into longer ones, extrapolating the known part of each over the unknown. */
export function foldSeries(series: VolumeSeries, stepMs: number): VolumeSeries {
  const each = Math.round(stepMs / series.stepMs);
  const fromMs = Math.floor(series.fromMs / stepMs) * stepMs;
  const lead = Math.round((series.fromMs - fromMs) / series.stepMs);
  const steps = Math.ceil((lead + series.counts.length) / each);
  const counts = new Float64Array(steps);
  const excluded = new Uint8Array(steps);
  const known = new Int32Array(steps);
  for (const [index, count] of series.counts.entries()) {
    const into = Math.floor((lead + index) / each);
    if (series.excluded[index]) excluded[into] = 1;
    if (Number.isNaN(count)) continue;
    counts[into] = (counts[into] as number) + count;
    known[into] = (known[into] as number) + 1;
  }
  const whole = counts.map((count, at) => {
    const share = (known[at] as number) / each;
    return share < leastKnownShare ? Number.NaN : count / share;
  });
  return { fromMs, stepMs, counts: whole, excluded };
}
