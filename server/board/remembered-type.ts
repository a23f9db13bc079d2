import type { VerdictState } from "#domain/verdict.ts";
import type { ForecastJson } from "#server/verdicts/index.ts";
import type { BoardHour, BoardType } from "./load-board.ts";
import type { BoardDatacenter } from "./load-board-datacenters.ts";
import type { StoredStrip, TypeStrip } from "./type-strip.ts";

/** What was read of a type, and what was worked out of it: that holds until something that it was worked out of is read again. */
export interface RememberedType {
  type: BoardType;
  strip: StoredStrip;
  /** Its oldest open hour, or its last hour when it is long over. */
  tellingHour: BoardHour | null;
  settled: SettledType | null;
  lanes: LanesNow | null;
  forecast: ForecastNow | null;
}

export type Expected = Pick<BoardDatacenter, "id" | "name">;

/** What follows of a type from its verdicts and its entry, for as long as no hour of it changes by time alone. */
export interface SettledType {
  madeMs: number;
  strip: TypeStrip;
  recentStates: readonly VerdictState[];
  worst: VerdictState | null;
  /** Of its last ended hour. */
  ended: VerdictState | null;
  /** Those that have not closed its oldest open hour. */
  holdingUp: readonly string[];
  /** The datacenters that its verdicts wait for. */
  expected: readonly Expected[];
  oldestOpenHour: string | null;
  completeThrough: string | null;
}

/** What follows of a type from watermarks. */
export interface LanesNow {
  /** Of the expected datacenters, in their order; in milliseconds. */
  marks: readonly (number | undefined)[];
  /** null while one of them has none. */
  lowestMs: number | null;
  /** Of those that hold the oldest open hour up, the one with the lowest watermark or none. */
  slowest: string | null;
}

/** What the forecast of a type says from one moment up to another. */
export interface ForecastNow {
  madeMs: number;
  untilMs: number;
  json: ForecastJson | null;
}
