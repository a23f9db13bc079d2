import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import type { Product } from "./start-product.ts";

interface Page {
  items: VerdictSummaryJson[];
  nextCursor: string | null;
}

/** January's verdicts from the API, page by page, in the shape of `expectedVerdicts`. */
export async function readJanuary(product: Pick<Product, "get">) {
  const hours: VerdictSummaryJson[] = [];
  for (const eventType of ["LongHaul", "MediumHaul", "ShortHaul"]) {
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page = await product.get(
        `/event-types/${eventType}/hours?from=2001-01-01T00&to=2001-02-01T00&limit=500${after}`,
      );
      hours.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return hours.sort(byHourAndType).map((hour) => ({
    eventType: hour.eventType,
    hour: hour.hour,
    produced: hour.produced,
    delivered: hour.delivered,
    closedAt: hour.closedAt?.replace(".000Z", "Z") ?? null,
    closingDelaySeconds: hour.closingDelaySeconds,
    state: hour.state,
  }));
}

function byHourAndType(a: VerdictSummaryJson, b: VerdictSummaryJson): number {
  return a.hour === b.hour ? (a.eventType < b.eventType ? -1 : 1) : a.hour < b.hour ? -1 : 1;
}
