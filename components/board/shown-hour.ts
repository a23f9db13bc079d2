import { stripStart } from "#components/ui/tide-strip-model.ts";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import { decodeStrip } from "#domain/strip.ts";

/**
 * The hour that explains a type's state: the oldest that is not closed, else the newest in that state, else the last
 * that ended. null: no hour of the last day has a verdict.
 */
export function shownHour(row: CompactBoardRowJson, currentHour: string): string | null {
  if (row.oldestOpenHour !== null) return row.oldestOpenHour;
  const strip = decodeStrip(row);
  const judged = strip.flatMap((cell, index) => (cell ? index : []));
  const shown = judged.findLast((index) => strip[index]?.state === row.state) ?? judged.at(-2) ?? judged.at(-1);
  const first = parseHour(stripStart(currentHour, strip.length));
  return shown === undefined || first === null ? null : formatHour(addHours(first, shown));
}
