import type { ListJson } from "#components/api/client.ts";

/** What the page came with; if there is more of it, the whole is asked for at once. */
export function startWith<Item>(list: ListJson<Item>) {
  return { initialData: list, ...(list.nextCursor === null ? {} : { initialDataUpdatedAt: 0 }) };
}
