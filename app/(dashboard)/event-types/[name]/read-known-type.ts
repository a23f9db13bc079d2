import { cache } from "react";
import { decodeSegment, orNotFound } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { readEventType } from "#server/catalogue/index.ts";

/** The type named in the path, read once per request; the not-found page if it is unknown. */
export const readKnownType = cache(async (segment: string): Promise<EventTypeJson> => {
  const ctx = await pageContext();
  return orNotFound(readEventType({ ctx, input: { name: decodeSegment(segment) } }));
});
