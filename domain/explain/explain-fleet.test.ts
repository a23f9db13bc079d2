import { expect, test } from "vitest";
import type { Cause } from "./cause.ts";
import { explainFleet } from "./explain-fleet.ts";

const cause = (over: Partial<Cause> = {}): Cause => ({
  code: "watermark_stalled",
  datacenter: "sjc",
  stage: "delivered",
  since: new Date("2026-11-22T13:04:00Z"),
  component: null,
  instance: null,
  version: null,
  deploymentId: null,
  score: 0.8,
  sentence: "sjc stands still.",
  evidence: [],
  ...over,
});
const hour = (eventType: string, ...causes: Cause[]) => ({ eventType, hour: "2026-11-22T13", causes });

test("one datacenter's trouble is one cause of all types, by whichever sign each shows it", () => {
  const causes = explainFleet([
    hour("EndSong", cause()),
    hour(
      "PlayStart",
      cause({ code: "backlog", score: 0.9, since: new Date("2026-11-22T13:01:00Z"), sentence: "Events wait." }),
    ),
    hour("AdClick", cause({ code: "shared_datacenter", stage: null, score: 0.4, since: null })),
  ]);
  expect(causes).toHaveLength(1);
  expect(causes[0]).toMatchObject({ eventTypes: ["AdClick", "EndSong", "PlayStart"], hours: 3, share: 1 });
  // The strongest speaks, from the earliest instant that any of them knows.
  expect(causes[0]?.cause).toMatchObject({ code: "backlog", since: new Date("2026-11-22T13:01:00Z") });
  expect(causes[0]?.sentence).toBe("All 3 affected types: Events wait.");
});

test("losses of the same datacenter are another cause, and what concerns most types comes first", () => {
  const causes = explainFleet([
    hour("A", cause({ code: "stage_loss", stage: "published", score: 0.95 })),
    hour("B", cause()),
    hour("C", cause()),
    hour("D", cause({ datacenter: "lon" })),
    hour("E"),
  ]);
  expect(causes.map(({ cause: { code, datacenter }, eventTypes }) => [code, datacenter, eventTypes])).toEqual([
    ["watermark_stalled", "sjc", ["B", "C"]],
    ["stage_loss", "sjc", ["A"]],
    ["watermark_stalled", "lon", ["D"]],
  ]);
  expect(causes[0]?.sentence).toBe("2 of 4 affected types: sjc stands still.");
});

test("two hours of one type are one type, and of one type no share is made", () => {
  const [only] = explainFleet([hour("EndSong", cause()), { ...hour("EndSong", cause()), hour: "2026-11-22T14" }]);
  expect(only).toMatchObject({ eventTypes: ["EndSong"], hours: 2 });
  expect(only?.sentence).toBe("EndSong: sjc stands still.");
});

test("a fleet without trouble has no cause", () => {
  expect(explainFleet([])).toEqual([]);
});
