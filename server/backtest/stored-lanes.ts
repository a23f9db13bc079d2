import type { HourLane } from "#domain/alert.ts";
import { lossOf } from "#domain/verdict.ts";

/** One datacenter's hours of a type. Each text has one entry per hour, comma-separated, in the same order; missing values are empty. */
export interface LaneSeriesRow {
  id: number;
  dc: string;
  /** Hours since the range's first. */
  hours: string;
  /** Milliseconds. */
  closings: string;
  produced: string;
  published: string;
  delivered: string;
}

interface LaneSeries {
  dc: string;
  /** Hour → its index in the lists. */
  places: ReadonlyMap<number, number>;
  closings: readonly string[];
  produced: readonly string[];
  published: readonly string[];
  delivered: readonly string[];
}

/** The lanes of a type's past hours. Parsed when a caller first asks which caused an hour: for most types none does. */
export class StoredLanes {
  readonly #rows: readonly LaneSeriesRow[];
  readonly #fromMs: number;
  #series: readonly LaneSeries[] | null = null;

  /** `fromMs`: the range's first hour. */
  constructor(rows: readonly LaneSeriesRow[], fromMs: number) {
    this.#rows = rows;
    this.#fromMs = fromMs;
  }

  /** `skews`: by datacenter, null if not loaded. */
  of(hourMs: number, skews: Record<string, number> | null): HourLane[] {
    this.#series ??= this.#rows.map(seriesOf);
    const hour = Math.round((hourMs - this.#fromMs) / 3_600_000);
    return this.#series.flatMap((series) => {
      const place = series.places.get(hour);
      return place === undefined ? [] : [laneAt(series, place, skews)];
    });
  }
}

function seriesOf({ dc, hours, closings, produced, published, delivered }: LaneSeriesRow): LaneSeries {
  return {
    dc,
    places: new Map(hours.split(",").map((hour, place) => [Number(hour), place])),
    closings: closings.split(","),
    produced: produced.split(","),
    published: published.split(","),
    delivered: delivered.split(","),
  };
}

function laneAt(series: LaneSeries, place: number, skews: Record<string, number> | null): HourLane {
  const closing = series.closings[place];
  const produced = countOf(series.produced[place]);
  const published = countOf(series.published[place]);
  const delivered = countOf(series.delivered[place]) ?? 0n;
  const { lost, duplicated } = lossOf(produced, delivered);
  return {
    datacenter: series.dc,
    closedAt: closing ? new Date(Number(closing)) : null,
    produced: produced === null ? null : Number(produced),
    published: published === null ? null : Number(published),
    delivered: Number(delivered),
    lost: Number(lost),
    duplicated: Number(duplicated),
    skewed: skews && (skews[series.dc] ?? 0),
    // No rule about them is backtested.
    reportersExpected: null,
    reportersMissing: null,
  };
}

function countOf(text: string | undefined): bigint | null {
  return text ? BigInt(text) : null;
}
