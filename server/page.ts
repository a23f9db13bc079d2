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

/** A row's number, as paths and cursors have it. */
export const idPattern = /^\d{1,18}$/;

/** The id of a row that has no number. */
export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** null if no row can have it. */
export function readId(text: string): bigint | null {
  return idPattern.test(text) ? BigInt(text) : null;
}
