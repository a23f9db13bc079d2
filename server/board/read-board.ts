import type { BoardJson, CompactBoardJson } from "#domain/api/board.ts";
import { addHours, formatHour } from "#domain/hour.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { stripHours } from "./board-memory.ts";
import { shareBoard } from "./share-board.ts";

/** Every claimed type now, greatest risk first. */
export async function readBoard({ ctx }: { ctx: Context }): Promise<BoardJson> {
  requireScope(ctx, "read");
  const { ranked, since, shared } = await shareBoard(ctx);
  const names = Array.from({ length: stripHours }, (_, index) => formatHour(addHours(since, index)));
  return {
    ...shared,
    items: ranked.map(({ row: { states, delays, missed, ...row }, settled: { strip } }) => ({
      ...row,
      strip: strip.hours().map((cell, index) => cell && { hour: names[index] ?? "", ...cell }),
    })),
    nextCursor: null,
  };
}

/** The same in a fifth of the bytes, for pages that poll. `limit`: only that many rows; figures still cover all. */
export async function readCompactBoard({
  ctx,
  input,
}: Call<{ limit?: number | undefined }>): Promise<CompactBoardJson> {
  requireScope(ctx, "read");
  const { ranked, shared } = await shareBoard(ctx);
  const shown = input.limit === undefined ? ranked : ranked.slice(0, input.limit);
  return { ...shared, items: shown.map(({ row }) => row), nextCursor: null };
}
