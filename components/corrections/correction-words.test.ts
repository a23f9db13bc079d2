import { expect, test } from "vitest";
import { correctionWords } from "./correction-words.ts";

const scope = {
  action: "discard-counts" as const,
  eventType: "EndSong",
  datacenter: "sjc",
  stage: null,
  reporter: null,
  from: null,
  to: null,
  after: null,
  undoneAt: null,
};

test.each([
  ["all counts", {}, "sjc: counts of EndSong, all hours, set aside"],
  [
    "one hour of one reporter",
    { stage: "produced" as const, reporter: "host-1", from: "2026-11-22T13", to: "2026-11-22T14" },
    "sjc: produced counts of EndSong by host-1, hour 2026-11-22T13, set aside",
  ],
  [
    "an acceptance that was undone",
    { action: "accept-hour" as const, from: "2026-11-22T13", to: "2026-11-22T15", undoneAt: "2026-11-23T00:00:00Z" },
    "EndSong: hours 2026-11-22T13 to 2026-11-22T15 accepted",
  ],
  [
    "a whole datacenter's marks",
    { action: "reset-watermark" as const, eventType: null, after: "2026-11-22T13:00:00Z" },
    "sjc: marks of every event type after 2026-11-22T13:00:00Z set aside",
  ],
])("says what is corrected: %s", (_what, change, words) => {
  expect(correctionWords({ ...scope, ...change })).toBe(words);
});
