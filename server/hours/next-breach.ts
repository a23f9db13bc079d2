import type { CompactBoardJson } from "#domain/api/board.ts";
import { addHours, formatHour, type Hour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import type { BoardRowNow } from "./board-row.ts";

type NextBreach = CompactBoardJson["nextBreach"];

const likely = 0.5;
const worthSayingMs = 3_600_000;

type Row = Pick<BoardRowNow, "eventType" | "oldestOpenHour" | "delaySeconds" | "deadlineSeconds" | "forecast">;

/**
 * Of the types that are not late: the first deadline that is likely to be missed, by the forecast. Where it holds none so, the
 * first of an ended hour that is still open, when it comes within the hour: that it will be missed is then not said.
 */
export function findNextBreach(rows: readonly Row[], current: Hour, now: Date): NextBreach {
  let next: { ms: number; isLikely: boolean; row: Row; hour: string } | null = null;
  for (const row of rows) {
    if (row.delaySeconds !== null && row.delaySeconds > row.deadlineSeconds) continue;
    const isLikely = row.forecast !== null && row.forecast.breachProbability >= likely;
    if (!isLikely && row.oldestOpenHour === null) continue;
    const hour = row.oldestOpenHour ?? formatHour(current);
    const ms = addHours(new Date(`${hour}:00:00Z`), 1).getTime() + row.deadlineSeconds * 1000;
    if (!isLikely && ms - now.getTime() > worthSayingMs) continue;
    if (next && (next.isLikely === isLikely ? next.ms <= ms : next.isLikely)) continue;
    next = { ms, isLikely, row, hour };
  }
  if (!next) return null;
  const { row, hour, ms } = next;
  return {
    eventType: row.eventType,
    hour,
    deadlineAt: formatInstant(new Date(ms)),
    breachProbability: row.forecast?.breachProbability ?? null,
  };
}
