/** One page of a list: `next` is the key after which the next page starts, null on the last. */
export interface Page<Item, Key> {
  readonly items: Item[];
  readonly next: Key | null;
}

/** Use cases read one row more than requested: its presence means that there is a next page. */
export function cutPage<Row, Key>(rows: readonly Row[], limit: number, keyOf: (row: Row) => Key): Page<Row, Key> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}

/** Which page of a list: the one after a key; null: the first. */
export interface PageInput<Key> {
  readonly after: Key | null;
  readonly limit: number;
}

/** For Prisma: the rows of a page by name, and one more. */
export function pageByName({ after, limit }: PageInput<string>) {
  return {
    where: after === null ? {} : { name: { gt: after } },
    orderBy: { name: "asc" },
    take: limit + 1,
  } as const;
}

/** A place among rows by when they were created. */
export interface CreatedKey {
  readonly createdAt: string;
  readonly id: string;
}

export function createdKey({ createdAt, id }: { createdAt: Date; id: string }): CreatedKey {
  return { createdAt: createdAt.toISOString(), id };
}

/** For Prisma: rows that were created before this one; null: all. */
export function createdBefore(after: CreatedKey | null): {
  OR?: { createdAt: Date | { lt: Date }; id?: { lt: string } }[];
} {
  if (after === null) return {};
  const createdAt = new Date(after.createdAt);
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.id } }] };
}

/** A row's number, as paths and cursors have it. */
export const idPattern = /^\d{1,18}$/;

/** The id of a row that has no number. */
export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** null if no row can have it. */
export function readId(text: string): bigint | null {
  return idPattern.test(text) ? BigInt(text) : null;
}
