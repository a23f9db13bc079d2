import type { CompactBoardJson } from "#domain/api/board.ts";
import { addHours, formatHour, type Hour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import type { BoardTypeNow } from "./board-row.ts";

type NextBreach = CompactBoardJson["nextBreach"];

const likely = 0.5;
const worthSayingMs = 3_600_000;

type TypeNow = Pick<BoardTypeNow, "isLate" | "deadlineMs"> & {
  row: Pick<BoardTypeNow["row"], "eventType" | "oldestOpenHour" | "deadlineSeconds" | "forecast">;
};

/**
 * Among types that are not late: the first deadline likely to be missed, by the forecast. If none is, the first
 * deadline of an ended open hour, if within the hour: then without a claim that it will be missed.
 */
export function findNextBreach(types: readonly TypeNow[], current: Hour, now: Date): NextBreach {
  const currentEndMs = addHours(current, 1).getTime();
  let next: { ms: number; isLikely: boolean; row: TypeNow["row"] } | null = null;
  for (const { isLate, deadlineMs, row } of types) {
    if (isLate) continue;
    const isLikely = row.forecast !== null && row.forecast.breachProbability >= likely;
    if (!isLikely && deadlineMs === null) continue;
    const ms = deadlineMs ?? currentEndMs + row.deadlineSeconds * 1000;
    if (!isLikely && ms - now.getTime() > worthSayingMs) continue;
    if (next && (next.isLikely === isLikely ? next.ms <= ms : next.isLikely)) continue;
    next = { ms, isLikely, row };
  }
  if (!next) return null;
  const { row, ms } = next;
  return {
    eventType: row.eventType,
    hour: row.oldestOpenHour ?? formatHour(current),
    deadlineAt: formatInstant(new Date(ms)),
    breachProbability: row.forecast?.breachProbability ?? null,
  };
}
