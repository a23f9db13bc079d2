import type { BoardRowJson } from "#domain/api/board.ts";

/**
 * The hour that says why a type is in its state: the oldest that is not closed, else the newest in that state, else the
 * last that ended. null: none of the last day has a verdict.
 */
export function tellingHour({ oldestOpenHour, state, strip }: BoardRowJson): string | null {
  if (oldestOpenHour !== null) return oldestOpenHour;
  const cells = strip.filter((cell) => cell !== null);
  const telling = cells.findLast((cell) => cell.state === state) ?? cells.at(-2) ?? cells.at(-1);
  return telling?.hour ?? null;
}
