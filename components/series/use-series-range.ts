"use client";

import { parseAsString, useQueryStates } from "nuqs";

interface SeriesRange {
  from: string | null;
  to: string | null;
}

const own = { from: "from", to: "to" };

/**
 * The part of a chart's time that is shown, in the page's URL, by these keys; null: all of it. What is not a valid instant counts as left out.
 */
export function useSeriesRange(urlKeys = own): [SeriesRange, (range: SeriesRange) => void] {
  const [found, setFound] = useQueryStates({ from: parseAsString, to: parseAsString }, { history: "replace", urlKeys });
  const from = instantOf(found.from);
  const to = instantOf(found.to);
  const isBackwards = from !== null && to !== null && from >= to;
  const range = isBackwards ? { from: null, to: null } : { from, to };
  return [range, (next) => void setFound(next)];
}

function instantOf(text: string | null): string | null {
  return text !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(text) && Number.isFinite(Date.parse(text))
    ? toInstant(Date.parse(text))
    : null;
}

/** To the second, as the API takes it. */
export function toInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
