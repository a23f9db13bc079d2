import { expect, test } from "vitest";
import { latestRecovery } from "./recovery-of.ts";

const recovery = (p50: string, p90: string) => ({ p50At: `2026-11-22T${p50}:00Z`, p90At: `2026-11-22T${p90}:00Z` });
const early = { phase: "recovering", recovery: recovery("15:20", "16:30") } as const;
const late = { phase: "recovering", recovery: recovery("16:00", "16:10") } as const;

test("of several recoveries the last ends it, each quantile by itself", () => {
  expect(latestRecovery([late, early])).toEqual(recovery("16:00", "16:30"));
  expect(latestRecovery([early])).toEqual(early.recovery);
});
test("without an incident, or while one does not recover, there is no end", () => {
  expect(latestRecovery([])).toBeNull();
  expect(latestRecovery([late, { phase: "ongoing", recovery: null }])).toBeNull();
  expect(latestRecovery([late, { phase: "recovering", recovery: null }, early])).toBeNull();
});
