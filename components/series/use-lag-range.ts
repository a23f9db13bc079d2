"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { lagHours } from "#domain/lag-hours.ts";
import { useSeriesRange } from "./use-series-range.ts";

const urlKeys = { from: "lagFrom", to: "lagTo" };

/** Which part of the last 48 hours a chart of lags shows, in the page's URL: the last hours, or a part that was zoomed to. */
export function useLagRange() {
  const [hours, setHours] = useQueryState("lag", parseAsStringLiteral(lagHours).withDefault("6"));
  const [zoom, setZoom] = useSeriesRange(urlKeys);
  const query = zoom.from === null ? { hours } : { from: zoom.from, ...(zoom.to !== null && { to: zoom.to }) };
  return { hours, setHours, zoom, setZoom, query };
}
