import { expect, test } from "vitest";
import type { AlertJson } from "#domain/api/alerts.ts";
import { foldAlerts, foldText } from "./fold-alerts.ts";
import { readLimit, valueText } from "./folded-alerts.tsx";

const alert = (part: Partial<AlertJson>) =>
  ({ severity: "page", state: "firing", datacenter: "sjc", ...part }) as AlertJson;

test("alerts fold by rule: what fires first, pages before tickets, many before few", () => {
  const stalled = ["EndSong", "PlayStart"].map((eventType) => alert({ rule: "watermark-stalled", eventType }));
  const folds = foldAlerts([
    alert({ rule: "volume", severity: "ticket", eventType: "EndSong" }),
    alert({ rule: "datacenter-silent", eventType: null }),
    ...stalled,
    alert({ rule: "lost-events", state: "normal", eventType: "EndSong" }),
  ]);
  expect(folds.map(({ rule }) => rule)).toEqual(["watermark-stalled", "datacenter-silent", "volume", "lost-events"]);
  expect(folds.map(foldText)).toEqual([
    "watermark stalled · 2 types",
    "datacenter silent · sjc",
    "volume · EndSong",
    "lost events · EndSong",
  ]);
});

test("a value is beside its limit in one unit", () => {
  const lost = readLimit({ metric: "lost", threshold: "0.1%", severity: "page" } as never);
  expect(valueText(0.05, lost)).toBe("5 % (limit 0.1 %)");
  expect(valueText(null, lost)).toBe("unknown");
  const lag = readLimit({ metric: "watermark_lag", threshold: "50m", severity: "page" } as never);
  expect(valueText(4_666, lag)).toBe("77 min (limit 50 min)");
});

test("a rule by windows has no limit", () => {
  expect(readLimit({ metric: "burn_rate", severity: "page" } as never)).toBeNull();
  expect(valueText(2.34, null)).toBe("2.3 times");
});
