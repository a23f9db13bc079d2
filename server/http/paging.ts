import { z } from "@hono/zod-openapi";
import { Invalid } from "#server/errors.ts";
import { idPattern, type Page } from "#server/page.ts";

const limitSentence = "`limit` must be a whole number from 1 to 500.";

/** Query parameters of every list. */
export const pageQuery = z.object({
  limit: z.coerce
    .number(limitSentence)
    .int(limitSentence)
    .min(1, limitSentence)
    .max(500, limitSentence)
    .default(100)
    .meta({ description: "How many items to answer." }),
  cursor: z.string().optional().meta({ description: "The `nextCursor` of the previous page; opaque." }),
});

/** Path parameters of what is named by its number. */
export const idParams = z.object({ id: z.string().meta({ example: "17" }) });

export const idKey = z.string().regex(idPattern);

/** The key in a cursor, validated by its schema; null without a cursor; Invalid for a cursor not issued here. */
export function readCursor<Key>(cursor: string | undefined, schema: z.ZodType<Key>): Key | null {
  if (cursor === undefined) return null;
  const key = schema.safeParse(decode(cursor));
  if (key.success) return key.data;
  const detail = "This cursor was not issued by Tidemark. Start again without it.";
  throw new Invalid(detail, [{ parameter: "cursor", detail }]);
}

/** The page of a list ordered by name. */
export function readNamePage({ cursor, limit }: z.output<typeof pageQuery>): { after: string | null; limit: number } {
  return { after: readCursor(cursor, z.string()), limit };
}

/** The cursor of a list ordered by number, the newest first. */
export function readIdCursor(cursor: string | undefined): bigint | null {
  const key = readCursor(cursor, idKey);
  return key === null ? null : BigInt(key);
}

/** A list's response. */
export function toListBody<Item, Key>(page: Page<Item, Key>): { items: Item[]; nextCursor: string | null } {
  const cursor = page.next === null ? null : Buffer.from(JSON.stringify(page.next)).toString("base64url");
  return { items: page.items, nextCursor: cursor };
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
