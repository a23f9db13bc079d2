import type { VerdictState } from "#domain/verdict.ts";
import type { ForecastJson } from "#server/verdicts/index.ts";
import type { BoardHour, BoardType } from "./load-board.ts";
import type { BoardDatacenter } from "./load-board-datacenters.ts";
import type { StoredStrip, TypeStrip } from "./type-strip.ts";

/** A type's data and the values derived from it, which hold until their inputs are read again. */
export interface RememberedType {
  type: BoardType;
  strip: StoredStrip;
  /** Its oldest open hour, or its last hour if it ended long ago. */
  shownHour: BoardHour | null;
  settled: SettledType | null;
  lanes: LanesNow | null;
  forecast: ForecastNow | null;
}

export type Expected = Pick<BoardDatacenter, "id" | "name">;

/** Derived from a type's verdicts and catalogue entry; valid until time alone changes one of its hours. */
export interface SettledType {
  madeMs: number;
  strip: TypeStrip;
  recentStates: readonly VerdictState[];
  /** Of the strip: hours that closed after their deadline. */
  missedDeadlines: number;
  worst: VerdictState | null;
  /** Of its last ended hour. */
  ended: VerdictState | null;
  /** Those that hold up its oldest open hour. */
  holdingUp: readonly string[];
  /** Datacenters that its verdicts wait for. */
  expected: readonly Expected[];
  oldestOpenHour: string | null;
  completeThrough: string | null;
}

/** Derived from a type's watermarks. */
export interface LanesNow {
  /** Of the expected datacenters, in order; in milliseconds. */
  marks: readonly (number | undefined)[];
  /** null while one has none. */
  lowestMs: number | null;
  /** Of those that hold up the oldest open hour, the one with the lowest watermark or none. */
  slowest: string | null;
}

/** A type's forecast, valid from one moment to another. */
export interface ForecastNow {
  madeMs: number;
  untilMs: number;
  json: ForecastJson | null;
}
