import type { VolumeFigures } from "#domain/api/volume.ts";
import { formatHour } from "#domain/hour.ts";
import { judgeVolume, startMsOf } from "#domain/volume.ts";
import type { VolumeLane } from "./load-volume-history.ts";

/** Statements about two months of history need that much, plus a week before it to start from. */
export const learningHours = 9 * 168;

/** The lane's figures by hour, `2026-11-22T13`, from index `sayFrom` on. */
export function judgeLane({ series }: VolumeLane, sayFrom: number): Map<string, VolumeFigures> {
  return new Map(
    judgeVolume(series, sayFrom)
      .slice(sayFrom)
      .map(({ index, observed, usual, state }) => [
        formatHour(new Date(startMsOf(series, index))),
        {
          observed,
          expected: rounded(usual?.expected),
          low: usual?.low ?? null,
          high: usual?.high ?? null,
          ratio: rounded(usual?.ratio),
          pTooLow: usual?.pTooLow ?? null,
          drop: state === "drop" && observed !== null && series.excluded[index] === 0,
          excluded: series.excluded[index] === 1,
        },
      ]),
  );
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value * 1000) / 1000;
}
