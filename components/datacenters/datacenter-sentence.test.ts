import { describe, expect, test } from "vitest";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import type { LaneJson, LanesJson } from "#domain/api/lateness.ts";
import { datacenterSentence, latenessWords, lossWords } from "./datacenter-sentence.ts";

const asOf = "2026-11-22T14:00:00Z";
const sjc: DatacenterJson = {
  name: "sjc",
  displayName: null,
  status: "claimed",
  activeFrom: asOf,
  activeTo: null,
  discoveredAt: asOf,
  lastSeenAt: "2026-11-22T13:59:30Z",
  components: [],
  spec: null,
  etag: "none",
};
const lane = (openHours: number, lateHours: number): LaneJson => ({
  eventType: "EndSong",
  tier: "high",
  deadlineSeconds: 7200,
  watermark: null,
  lagSeconds: null,
  openHours,
  oldestOpenHour: null,
  lateHours,
  backlogs: [],
});
const lanes = (...items: LaneJson[]): LanesJson => ({ datacenter: "sjc", items, asOf });

describe("the sentence of a datacenter", () => {
  test("says that a datacenter is up to date", () => {
    expect(datacenterSentence(sjc, lanes(lane(0, 0)))).toBe(
      "sjc sent its last message 30 s ago. It has closed every ended hour of its one type.",
    );
  });

  test("late comes before merely open", () => {
    expect(datacenterSentence(sjc, lanes(lane(2, 1), lane(1, 0)))).toBe(
      "sjc sent its last message 30 s ago. It holds up 1 of 2 types past the deadline.",
    );
  });

  test("silence is an unknown state", () => {
    expect(datacenterSentence({ ...sjc, lastSeenAt: "2026-11-22T13:00:00Z" }, lanes(lane(1, 0)))).toBe(
      "sjc has sent nothing for 60 min; its state is unknown. It has not closed ended hours of its one type yet; all are within their deadline.",
    );
  });

  test("says that a datacenter is not claimed", () => {
    expect(datacenterSentence({ ...sjc, status: "discovered" }, lanes())).toBe(
      "sjc sent its last message 30 s ago. No claimed type is expected there. It is not claimed: no verdict waits for it.",
    );
  });
});

test("the sentence says its share of late hours, and how often it closed last", () => {
  const counts = { hours: 200, closedLast: 150, heldUp: 3, lost: 0, produced: 100 };
  expect(latenessWords(counts, 4)).toBe("held up 3 of 4 late hours (75 %); closed last in 75 % of its hours");
  expect(latenessWords({ ...counts, closedLast: 1 }, 0)).toBe(
    "no hour was late; closed last in under 1 % of its hours",
  );
  expect(lossWords(counts)).toBe("nothing");
  expect(lossWords({ ...counts, lost: 12 })).toBe("12 of 100 events");
  expect(lossWords({ ...counts, produced: 0 })).toBe("no produced count known");
});
