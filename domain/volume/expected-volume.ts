import { type ExpectedVolume, judgeVolume } from "./judge-volume.ts";
import { type ExcludedTime, layOutSeries, type VolumePoint } from "./series.ts";

export interface VolumeQuestion {
  /** At even steps, in any order; a step without a point is unknown. The point at `at` is judged; later ones are ignored. */
  history: readonly VolumePoint[];
  /** The start of the step asked about. */
  at: Date;
  /** Marked incidents: never learned from. */
  excluded?: readonly ExcludedTime[];
  /** Five minutes, an hour: any divisor of a day. */
  stepMs?: number;
}

const hourMs = 3_600_000;

/** The expected count then, from earlier points only; null if there are none, or less than a week of them. */
export function expectedVolume({ history, at, excluded, stepMs = hourMs }: VolumeQuestion): ExpectedVolume | null {
  const atMs = at.getTime();
  const points = history.map((point) => ({ atMs: point.at.getTime(), count: point.count }));
  const firstMs = points.reduce((first, point) => Math.min(first, point.atMs), atMs);
  const steps = Math.floor((atMs - firstMs) / stepMs) + 1;
  const series = layOutSeries({ fromMs: atMs - (steps - 1) * stepMs, stepMs, steps }, points, excluded);
  return judgeVolume(series, steps - 1)[steps - 1]?.usual ?? null;
}
