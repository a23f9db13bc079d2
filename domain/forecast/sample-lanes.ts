import type { ForecastSample } from "./training.ts";

/** `[datacenter, lag, produced, undelivered, projectedDelayMs, backlog, watermarkAgeMs]`: a tuple, because a month stores 100,000. */
type LaneTuple = [
  string,
  number | null,
  number | null,
  number | null,
  number | null,
  (number | null)?,
  (number | null)?,
];

export function encodeLanes(lanes: ForecastSample["lanes"]): LaneTuple[] {
  return lanes.map(({ dc, signs }) => {
    const { lag, backlog, produced, undelivered, projectedDelayMs, watermarkAgeMs } = signs;
    return [
      dc,
      rounded(lag, 1e3),
      produced,
      undelivered,
      rounded(projectedDelayMs),
      rounded(backlog, 1e3),
      rounded(watermarkAgeMs),
    ];
  });
}

export function decodeLanes(stored: unknown): ForecastSample["lanes"] {
  return (stored as LaneTuple[]).map(
    ([dc, lag, produced, undelivered, projectedDelayMs, backlog = null, watermarkAgeMs = null]) => ({
      dc,
      signs: { lag, backlog, produced, undelivered, projectedDelayMs, watermarkAgeMs },
    }),
  );
}

function rounded(value: number | null, parts = 1): number | null {
  return value === null ? null : Math.round(value * parts) / parts;
}
