import type { ExcuseBody } from "#components/api/excuses.ts";
import type { SloExcuseSuggestionJson } from "#domain/api/slo.ts";

const keys = ["eventTypes", "tier", "from", "to", "reason"] as const;

/** As typed; event types separated by commas. */
export type ExcuseFields = Record<(typeof keys)[number], string>;

export function isFilled({ eventTypes, tier, from, to }: ExcuseFields): boolean {
  return (eventTypes.trim() !== "") !== (tier.trim() !== "") && from.trim() !== "" && to.trim() !== "";
}

/** The API's input. */
export function bodyOf({ eventTypes, tier, from, to, reason }: ExcuseFields): ExcuseBody {
  const names = eventTypes
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return {
    ...(names.length > 0 ? { eventTypes: names } : { tier: tier.trim() }),
    from: from.trim(),
    to: to.trim(),
    reason,
  };
}

/** The values from the page's URL. */
export function readExcuseFields(asked: Readonly<Record<string, string | string[] | undefined>>): ExcuseFields {
  const text = (key: string) => (typeof asked[key] === "string" ? asked[key].slice(0, 2_000) : "");
  return Object.fromEntries(keys.map((key) => [key, text(key)])) as ExcuseFields;
}

/** The form filled in with planned maintenance. */
export function suggestionHref({ eventTypes, from, to, reason }: SloExcuseSuggestionJson): string {
  const query = new URLSearchParams({ eventTypes: eventTypes.join(", "), from, to, reason });
  return `/service-levels/excuses/new?${query}`;
}
