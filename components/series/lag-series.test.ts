import { expect, test } from "vitest";
import { seriesOfDatacenter, seriesOfLags } from "./lag-series.ts";
import { pointsOf } from "./series-model.ts";

const lags = {
  from: "2026-11-22T12:01:00Z",
  stepSeconds: 60,
  datacenters: [
    { name: "ams", lagSeconds: [60, null, null, 90] },
    { name: "lon", lagSeconds: [null, null, 30, 40] },
  ],
  asOf: "2026-11-22T12:03:30Z",
};

test("a span without a sample is left out, the running one ends now, and unknown is never zero", () => {
  expect(seriesOfLags(lags).points).toEqual([
    { at: "2026-11-22T12:01:00.000Z", lagSeconds: [60, null] },
    { at: "2026-11-22T12:03:00.000Z", lagSeconds: [null, 30] },
    { at: "2026-11-22T12:03:30.000Z", lagSeconds: [90, 40] },
  ]);
});

test("lines go on between samples that are five minutes apart, and end where more is missing", () => {
  const lagSeconds = Array.from({ length: 40 }, (_, at) => (at % 5 === 0 && (at < 16 || at > 34) ? 60 : null));
  const points = pointsOf(seriesOfDatacenter({ ...lags, datacenter: "ams", lagSeconds, asOf: "2026-11-22T13:00:00Z" }));
  expect(points.map(({ lags: [lag] }) => lag)).toEqual([60, 60, 60, 60, null, 60]);
});
