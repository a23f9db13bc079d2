import type { VolumeSeries } from "./series.ts";

const dayMs = 86_400_000;
const weekDays = 7;
/** Data more than eight weeks old describes another system. */
export const historyWeeks = 8;
// With fewer weeks than this, the days before the step also count: as much as one week.
const enoughWeeks = 4;
// How much of a day must be known to compare it with another.
const leastKnownShare = 0.75;

/** The training data: the counts without marked incidents. */
export class LearnedCounts {
  readonly stepsPerDay: number;
  readonly #stepsOfFirstDay: number;
  readonly #counts: Float64Array;
  /** By step: the count of the day before it, extrapolated over unknown steps; NaN if too much of it is unknown. */
  readonly #dayBefore: Float64Array;
  #growths: number[] = [];
  #growthsOf = Number.NaN;

  constructor(series: VolumeSeries) {
    this.stepsPerDay = Math.round(dayMs / series.stepMs);
    this.#stepsOfFirstDay = Math.floor((series.fromMs % dayMs) / series.stepMs);
    this.#counts = series.counts.map((count, index) => (series.excluded[index] ? Number.NaN : count));
    this.#dayBefore = daysBefore(this.#counts, this.stepsPerDay);
  }

  /**
   * The expected count of a step from earlier steps only; NaN if there is no basis. By weeks: the interquartile mean of the same step in
   * the last weeks, each scaled to the current level. If weeks are few, the interquartile mean of the last days joins them.
   */
  expectedAt(index: number): number {
    const perWeek = weekDays * this.stepsPerDay;
    const growths = this.#growthsAt(index);
    const weeks: number[] = [];
    for (let week = 1; week <= historyWeeks && week * perWeek <= index; week++) {
      const count = this.#counts[index - week * perWeek] as number;
      if (!Number.isNaN(count)) weeks.push(count * (growths[week - 1] as number));
    }
    if (weeks.length >= enoughWeeks) return midMean(weeks);
    const days: number[] = [];
    for (let day = 1; day <= weekDays && day * this.stepsPerDay <= index; day++) {
      const count = this.#counts[index - day * this.stepsPerDay] as number;
      if (!Number.isNaN(count)) days.push(count);
    }
    if (weeks.length === 0) return days.length === 0 ? Number.NaN : midMean(days);
    const byWeeks = midMean(weeks);
    return days.length === 0 ? byWeeks : (byWeeks * weeks.length + midMean(days)) / (weeks.length + 1);
  }

  /** By weeks: how the level has changed since. Recomputed at midnight, because it hardly changes within a day. */
  #growthsAt(index: number): readonly number[] {
    const ofDay = index - ((index + this.#stepsOfFirstDay) % this.stepsPerDay);
    if (this.#growthsOf !== ofDay) {
      const perWeek = weekDays * this.stepsPerDay;
      this.#growths = Array.from({ length: historyWeeks }, (_, at) => this.#growthSince(ofDay, (at + 1) * perWeek));
      this.#growthsOf = ofDay;
    }
    return this.#growths;
  }

  /**
   * The level of the last seven days relative to the same days `back` steps earlier: the median of the seven. Three strange days (a
   * holiday, an outage) do not change it; what lasts for four is the new level.
   */
  #growthSince(index: number, back: number): number {
    const ratios: number[] = [];
    for (let day = 0; day < weekDays; day++) {
      const end = index - day * this.stepsPerDay;
      const now = this.#dayBefore[end] ?? Number.NaN;
      const then = this.#dayBefore[end - back] ?? Number.NaN;
      // Add one on both sides: days without any events are a level too.
      if (!Number.isNaN(now) && !Number.isNaN(then)) ratios.push((now + 1) / (then + 1));
    }
    if (ratios.length === 0) return 1;
    ratios.sort((a, b) => a - b);
    const middle = ratios.length >> 1;
    const upper = ratios[middle] as number;
    return ratios.length % 2 === 1 ? upper : Math.sqrt(upper * (ratios[middle - 1] as number));
  }
}

function daysBefore(counts: Float64Array, stepsPerDay: number): Float64Array {
  const days = new Float64Array(counts.length).fill(Number.NaN);
  let sum = 0;
  let known = 0;
  for (let index = 0; index < counts.length; index++) {
    if (index >= stepsPerDay && known >= leastKnownShare * stepsPerDay) days[index] = (sum * stepsPerDay) / known;
    const entering = counts[index] as number;
    const leaving = index >= stepsPerDay ? (counts[index - stepsPerDay] as number) : Number.NaN;
    if (!Number.isNaN(entering)) {
      sum += entering;
      known++;
    }
    if (!Number.isNaN(leaving)) {
      sum -= leaving;
      known--;
    }
  }
  return days;
}

/** The interquartile mean: a quarter of the values at either end may be anything. */
function midMean(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const from = sorted.length / 4;
  const to = sorted.length - from;
  let sum = 0;
  for (const [at, value] of sorted.entries()) {
    sum += value * Math.max(0, Math.min(at + 1, to) - Math.max(at, from));
  }
  return sum / (to - from);
}
