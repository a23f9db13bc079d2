import { hrefOf, type PageSearch, textIn } from "#components/ui/page-search.ts";
import type { SloReport } from "#domain/api/slo-report.ts";

const keys = ["month", "window", "tier", "owner", "eventType"] as const;

/** `month` is as in `2026-10`; without it and a window: the last closed month. */
export type SloPlace = { [key in (typeof keys)[number]]?: string | undefined };

/** The page of a period and a scope: both are in the URL. */
export function sloHref(place: SloPlace): string {
  return hrefOf("/service-levels", queryOf(place));
}

const exports = {
  csv: { format: "csv" },
  spreadsheet: { format: "csv", bom: "true" },
  json: { format: "json" },
};

/** The same as the API's attainment, for download; `spreadsheet` is CSV with a byte order mark. */
export function exportHref(place: SloPlace, format: keyof typeof exports): string {
  return hrefOf("/api/v1/slo/attainment", { ...queryOf(place), ...exports[format] });
}

export function placeOf({ period, filter }: Pick<SloReport, "period" | "filter">): SloPlace {
  return period.kind === "month" ? { month: period.name, ...filter } : { window: "28d", ...filter };
}

/** The month before (-1) or after (1). */
export function shiftMonth(month: string, by: number): string {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by)).toISOString().slice(0, 7);
}

/** The place that a page's URL asks for; an empty form field counts as absent. */
export function readPlace(search: PageSearch): SloPlace {
  return Object.fromEntries(keys.flatMap((key) => (textIn(search, key) === "" ? [] : [[key, textIn(search, key)]])));
}

/** Always in the same order. */
function queryOf(place: SloPlace) {
  return Object.fromEntries(keys.map((key) => [key, place[key]]));
}
