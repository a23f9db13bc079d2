import { joinNames } from "#domain/name-list.ts";

interface AskedDay {
  eventTypes: readonly string[];
  day: string;
  zone: string;
}

/** The page that shows whether a day can be read. */
export function readyHref({ eventTypes, day, zone }: AskedDay): string {
  return `/ready?${new URLSearchParams({ eventTypes: joinNames(eventTypes), day, zone })}`;
}
