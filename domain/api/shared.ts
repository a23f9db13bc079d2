import { z } from "zod";
import { nameRule, readName } from "../protocol/names.ts";

/** An instant in UTC, to the millisecond or the second. */
export const instant = z.iso.datetime().meta({ example: "2026-11-22T13:04:05Z" });

/** The name of an event type or a datacenter in a body: as at the door, so that it finds what the door took in. */
export const name = z.string().transform((text, context) => {
  const read = readName(text);
  if (read !== null) return read;
  context.addIssue({ code: "custom", message: `It ${nameRule}.` });
  return z.NEVER;
});

/** Every list's shape; nextCursor is null on the last page. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
