import type { ListJson } from "#components/api/client.ts";

/** The page's initial data; if there is more, everything is fetched at once. */
export function startWith<Item>(list: ListJson<Item>) {
  return { initialData: list, ...(list.nextCursor === null ? {} : { initialDataUpdatedAt: 0 }) };
}
