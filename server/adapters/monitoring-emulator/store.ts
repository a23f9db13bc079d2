import { isCustom } from "./descriptors.ts";
import type { Point, Series } from "./series.ts";

const sorted = (labels: Record<string, string>) =>
  Object.entries(labels)
    .filter(([, value]) => value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** What identifies a time series; an empty label is an absent one. */
function keyOf(series: Series): string {
  const { project, metricType, metricLabels, resourceType, resourceLabels } = series;
  return JSON.stringify([project, metricType, sorted(metricLabels), resourceType, sorted(resourceLabels)]);
}

/** Every series, by metric type. Points older than the retention go when their series gets a newer one. */
export class SeriesStore {
  readonly #byType = new Map<string, Map<string, Series>>();
  readonly #retentionMs: number;

  constructor(retentionMs: number) {
    this.#retentionMs = retentionMs;
  }

  /** The stored series that this one is part of, if any. */
  find(series: Series): Series | undefined {
    return this.#byType.get(series.metricType)?.get(keyOf(series));
  }

  /** Adds the points, in any order; a point with the same end replaces the older one. */
  add(series: Series): void {
    const ofType = this.#byType.get(series.metricType) ?? new Map<string, Series>();
    this.#byType.set(series.metricType, ofType);
    const key = keyOf(series);
    const stored = ofType.get(key);
    if (stored === undefined) {
      ofType.set(key, { ...series, points: mergePoints([], series.points) });
      return;
    }
    stored.points = mergePoints(stored.points, series.points);
    const oldestMs = (stored.points.at(-1)?.endMs ?? 0) - this.#retentionMs;
    const first = stored.points.findIndex((point) => point.endMs >= oldestMs);
    if (first > 0) stored.points.splice(0, first);
  }

  ofType(metricType: string): Series[] {
    return [...(this.#byType.get(metricType)?.values() ?? [])];
  }

  ofCustomMetrics(): Series[] {
    return [...this.#byType].filter(([type]) => isCustom(type)).flatMap(([, series]) => [...series.values()]);
  }
}

function mergePoints(stored: Point[], added: readonly Point[]): Point[] {
  const [only] = added;
  if (added.length === 1 && only && only.endMs > (stored.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY)) {
    stored.push(only);
    return stored;
  }
  const byEnd = new Map([...stored, ...added].map((point) => [point.endMs, point]));
  return [...byEnd.values()].sort((a, b) => a.endMs - b.endMs);
}
