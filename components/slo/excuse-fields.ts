import type { ExcuseBody } from "#components/api/excuses.ts";
import { type PageSearch, textIn } from "#components/ui/page-search.ts";
import type { SloExcuseSuggestionJson } from "#domain/api/slo.ts";
import { joinNames, splitNames } from "#domain/name-list.ts";

const texts = ["tier", "from", "to", "reason"] as const;

export type ExcuseFields = Record<(typeof texts)[number], string> & { eventTypes: readonly string[] };

export function isFilled({ eventTypes, tier, from, to }: ExcuseFields): boolean {
  return eventTypes.length > 0 !== (tier !== "") && from.trim() !== "" && to.trim() !== "";
}

/** The API's input. */
export function bodyOf({ eventTypes, tier, from, to, reason }: ExcuseFields): ExcuseBody {
  return {
    ...(eventTypes.length > 0 ? { eventTypes: [...eventTypes] } : { tier }),
    from: from.trim(),
    to: to.trim(),
    reason,
  };
}

/** The values from the page's URL. */
export function readExcuseFields(search: PageSearch): ExcuseFields {
  const text = (key: string) => textIn(search, key, 2_000);
  const written = Object.fromEntries(texts.map((key) => [key, text(key)])) as Record<(typeof texts)[number], string>;
  return { ...written, eventTypes: splitNames(text("eventTypes")) };
}

/** The form filled in with planned maintenance. */
export function suggestionHref({ eventTypes, from, to, reason }: SloExcuseSuggestionJson): string {
  const query = new URLSearchParams({ eventTypes: joinNames(eventTypes), from, to, reason });
  return `/service-levels/excuses/new?${query}`;
}
