import { describe, expect, test } from "vitest";
import { describeHappening, type Happening } from "./happening.ts";

const base: Happening = {
  eventType: "EndSong",
  hour: new Date("2026-11-22T13:00:00Z"),
  revision: 3,
  state: "late",
  amended: false,
  knownAt: new Date("2026-11-22T16:00:01Z"),
  closedAt: null,
  deadlineAt: new Date("2026-11-22T16:00:00Z"),
  produced: 4_310n,
  lost: 0n,
  duplicated: 0n,
};

describe("what a feed says", () => {
  test.each<[string, Partial<Happening>, string, string, string]>([
    [
      "late",
      {},
      "late",
      "EndSong 2026-11-22T13 is late",
      "Not every expected datacenter has closed it. Its deadline was 2026-11-22T16:00:00Z.",
    ],
    [
      "late → complete",
      { state: "complete", closedAt: new Date("2026-11-22T16:35:00Z") },
      "complete-after-late",
      "EndSong 2026-11-22T13 is complete, 35 min after its deadline",
      "None of 4,310 events was lost, none was duplicated. Its deadline was 2026-11-22T16:00:00Z.",
    ],
    [
      "verifying → incomplete",
      { state: "incomplete", lost: 12n },
      "incomplete",
      "EndSong 2026-11-22T13 is incomplete",
      "12 of 4,310 events (0.28 %) were lost, none was duplicated.",
    ],
    [
      "verifying → unverified",
      { state: "unverified" },
      "incomplete",
      "EndSong 2026-11-22T13 is unverified",
      "A datacenter's produced count is unknown.",
    ],
    [
      "complete → incomplete by late reports",
      { state: "incomplete", amended: true, lost: 12n, duplicated: 2n },
      "amended",
      "EndSong 2026-11-22T13 was amended: it is incomplete",
      "12 of 4,310 events (0.28 %) were lost, 2 (0.05 %) duplicated. This is revision 3. Jobs that read an earlier revision should read the hour again.",
    ],
  ])("%s", (_what, change, kind, title, text) => {
    expect(describeHappening({ ...base, ...change })).toEqual({ kind, title, text });
  });
});
