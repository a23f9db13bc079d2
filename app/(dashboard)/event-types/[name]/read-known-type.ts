import { notFound } from "next/navigation";
import { cache } from "react";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext } from "#app/page-context.ts";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { readEventType } from "#server/catalogue/index.ts";
import { NotFound } from "#server/errors.ts";

/** The type named in the path, read once per request; the not-found page if it is unknown. */
export const readKnownType = cache(async (segment: string): Promise<EventTypeJson> => {
  try {
    return await readEventType({ ctx: await pageContext(), input: { name: decodeSegment(segment) } });
  } catch (error) {
    if (error instanceof NotFound) notFound();
    throw error;
  }
});
