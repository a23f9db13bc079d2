import { type PageSearch, searchOf, textIn } from "#components/ui/page-search.ts";

/** The list's filters from the URL. */
export type ListedCorrections = ReturnType<typeof readListed>;

export const correctionsAtOnce = 50;

export function readListed(search: PageSearch) {
  const { state } = search;
  return {
    eventType: textIn(search, "eventType"),
    datacenter: textIn(search, "datacenter"),
    state: state === "active" || state === "undone" ? state : ("all" as const),
    cursor: textIn(search, "cursor") || null,
  };
}

/** The API's query for it. */
export function correctionSearch({ eventType, datacenter, state, cursor }: ListedCorrections): string {
  const active = state === "all" ? null : String(state === "active");
  return searchOf({ limit: String(correctionsAtOnce), eventType, datacenter, active, cursor });
}
