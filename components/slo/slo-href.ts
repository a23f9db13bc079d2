import type { SloReport } from "#domain/api/slo-report.ts";

export interface SloPlace {
  /** `2026-10`; absent: the last closed month. */
  month?: string | undefined;
  window?: string | undefined;
  tier?: string | undefined;
  owner?: string | undefined;
  eventType?: string | undefined;
}

/** The page of a period and a scope: both are in the URL. */
export function sloHref(place: SloPlace): string {
  const query = queryOf(place);
  return query ? `/service-levels?${query}` : "/service-levels";
}

const exports = { csv: "format=csv", spreadsheet: "format=csv&bom=true", json: "format=json" };

/** The same as the API's attainment, for download; `spreadsheet` is CSV with a byte order mark. */
export function exportHref(place: SloPlace, format: keyof typeof exports): string {
  const query = queryOf(place);
  return `/api/v1/slo/attainment?${query ? `${query}&` : ""}${exports[format]}`;
}

export function placeOf({ period, filter }: Pick<SloReport, "period" | "filter">): SloPlace {
  return period.kind === "month" ? { month: period.name, ...filter } : { window: "28d", ...filter };
}

/** The month before (-1) or after (1). */
export function shiftMonth(month: string, by: number): string {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by)).toISOString().slice(0, 7);
}

function queryOf(place: SloPlace): string {
  const query = new URLSearchParams();
  for (const key of ["month", "window", "tier", "owner", "eventType"] as const) {
    if (place[key]) query.set(key, place[key]);
  }
  return query.toString();
}
