import type { ForecastSample } from "#domain/forecast.ts";

/** `[datacenter, lag, produced, undelivered, projectedDelayMs]`: a tuple, for a month keeps a hundred thousand. */
type LaneTuple = [string, number | null, number | null, number | null, number | null];

export function encodeLanes(lanes: ForecastSample["lanes"]): string {
  return JSON.stringify(
    lanes.map(({ dc, signs }): LaneTuple => {
      const { lag, produced, undelivered, projectedDelayMs } = signs;
      return [dc, lag === null ? null : Math.round(lag * 1e3) / 1e3, produced, undelivered, rounded(projectedDelayMs)];
    }),
  );
}

export function decodeLanes(stored: unknown): ForecastSample["lanes"] {
  return (stored as LaneTuple[]).map(([dc, lag, produced, undelivered, projectedDelayMs]) => ({
    dc,
    signs: { lag, produced, undelivered, projectedDelayMs },
  }));
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}
