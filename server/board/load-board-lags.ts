import type { Database } from "#server/db/database.ts";
import { type LagSample, loadLags } from "#server/explain/index.ts";

/** Six hours in spans of ten minutes. The last span is the running one. */
const spans = 36;
const spanSeconds = 600;
const spanMs = spanSeconds * 1000;
/** Samples are a minute apart: before there can be a new one, none is looked for. */
const sampledEveryMs = 60_000;

/** Datacenter id → the lag at the end of each span that has a sample, in seconds. */
export type BoardLags = ReadonlyMap<number, ReadonlyMap<number, number | null>>;

interface Remembered {
  newestMs: number;
  lags: Map<number, Map<number, number | null>>;
}

const ofDatabase = new WeakMap<Database, Remembered>();

/** The past does not change: only samples taken since the last look are read. */
export async function loadBoardLags(database: Database, now: Date): Promise<BoardLags> {
  const nowMs = now.getTime();
  const before = ofDatabase.get(database);
  // A clock that was set back begins again.
  const remembered = before && before.newestMs <= nowMs ? before : { newestMs: 0, lags: new Map() };
  if (nowMs - remembered.newestMs < sampledEveryMs) return remembered.lags;
  const after = new Date(Math.max(remembered.newestMs, nowMs - spans * spanMs));
  const read = await loadLags(database.sql, { after, to: now, stepSeconds: spanSeconds, datacenterId: null });
  keep(remembered, read, spanOf(nowMs) - spans);
  ofDatabase.set(database, remembered);
  return remembered.lags;
}

/** The last six hours, oldest first; null: not sampled then. The running span ends with the lag as it is now. */
export function lagsNow(lags: BoardLags, id: number, nowMs: number, lagSeconds: number | null): (number | null)[] {
  const known = lags.get(id);
  const first = spanOf(nowMs) - spans + 1;
  return Array.from({ length: spans }, (_, at) => {
    const lag = at === spans - 1 ? lagSeconds : (known?.get(first + at) ?? null);
    return lag === null ? null : Math.round(Math.max(0, lag));
  });
}

function keep(remembered: Remembered, read: readonly LagSample[], oldestSpan: number): void {
  for (const { datacenterId, atMs, lagSeconds } of read) {
    const lags = remembered.lags.get(datacenterId) ?? new Map<number, number | null>();
    remembered.lags.set(datacenterId, lags);
    lags.set(spanOf(atMs), lagSeconds);
    remembered.newestMs = Math.max(remembered.newestMs, atMs);
  }
  for (const lags of remembered.lags.values())
    for (const span of lags.keys()) if (span <= oldestSpan) lags.delete(span);
}

function spanOf(ms: number): number {
  return Math.floor(ms / spanMs);
}
