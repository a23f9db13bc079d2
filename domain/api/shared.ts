import { z } from "zod";

/** An instant in UTC, to the millisecond or the second. */
export const instant = z.iso.datetime().meta({ example: "2026-11-22T13:04:05Z" });

/** Every list's shape; nextCursor is null on the last page. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
