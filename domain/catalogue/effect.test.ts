import { expect, test } from "vitest";
import { type CatalogueEffect, effectWords } from "./effect.ts";

const none: CatalogueEffect = {
  hoursCreated: 0,
  hoursDeleted: 0,
  hoursRejudged: 0,
  becomeLate: 0,
  becomeOnTime: 0,
  estimated: false,
  beginToWait: 0,
  stopWaiting: 0,
};
const words = (effect: Partial<CatalogueEffect>, kind = "Tier", name = "high") =>
  effectWords({ ...none, ...effect }, { kind, name });

test("says what a change does to verdicts, and calls an estimate one", () => {
  expect(words({ hoursRejudged: 4_800_000, becomeLate: 120, estimated: true })).toEqual([
    "4,800,000 hours judged again, an estimated 120 become late.",
  ]);
  expect(words({ hoursRejudged: 24 })).toEqual(["24 hours judged again, none becomes late."]);
  expect(words({ hoursRejudged: 24, becomeLate: 1 })).toEqual(["24 hours judged again, 1 becomes late."]);
  expect(words({ hoursRejudged: 24, becomeOnTime: 3 })).toEqual(["24 hours judged again, 3 no longer late."]);
  expect(words({ hoursRejudged: 1, becomeLate: null, beginToWait: 40 }, "Datacenter", "lon")).toEqual([
    "1 hour judged again.",
    "40 event types start to wait for lon.",
  ]);
  expect(words({ stopWaiting: 1 }, "Datacenter", "lon")).toEqual(["1 event type stops waiting for lon."]);
  expect(words({ beginToWait: 2, stopWaiting: 1 }, "EventType", "A")).toEqual([
    "It starts to wait for 2 datacenters.",
    "It stops waiting for 1 datacenter.",
  ]);
  expect(words({ hoursCreated: 9, hoursDeleted: 2 }, "EventType", "A")).toEqual([
    "9 new verdicts.",
    "These hours are past: they count in service levels, which mark the type as claimed later.",
    "2 verdicts removed.",
  ]);
});
