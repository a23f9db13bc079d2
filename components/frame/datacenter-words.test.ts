import { describe, expect, it } from "vitest";
import type { BoardDatacenterJson } from "#domain/api/board.ts";
import { datacenterDetails, datacenterWords } from "./datacenter-words.ts";

const well: BoardDatacenterJson = {
  name: "sjc",
  lagSeconds: 780,
  lastSeenAt: "2026-11-22T13:00:00Z",
  silent: false,
  lateTypes: 0,
  lateSince: null,
  volume: { hour: "2026-11-22T12", delivered: 980, usual: 1000, weeks: 3 },
  backlog: { oldestAgeSeconds: 200, messages: 12 },
  lags: [],
  versions: [{ component: "exporter", version: "4.2.0", instances: 3 }],
};
const say = (part: Partial<BoardDatacenterJson>) =>
  datacenterWords({ ...well, ...part }).map(({ text, isTrouble }) => (isTrouble ? `${text}!` : text));

describe("a datacenter in a few words", () => {
  it("all that is known whispers while it is as usual", () =>
    expect(say({})).toEqual(["98 % of usual volume", "backlog 3 min"]));
  it("less than half of the usual volume, and what waits for longer than an hour, are loud", () => {
    const volume = { hour: "2026-11-22T12", delivered: 3, usual: 1000, weeks: 3 };
    expect(say({ volume, backlog: { oldestAgeSeconds: 3_601, messages: null } })).toEqual([
      "under 1 % of usual volume!",
      "backlog 60 min!",
    ]);
  });
  it("nothing is said of what is not known, nor of a silent one", () => {
    expect(say({ volume: null, backlog: null })).toEqual([]);
    expect(say({ silent: true })).toEqual([]);
  });
  it("an empty backlog is none", () => expect(say({ backlog: { oldestAgeSeconds: 0, messages: 0 } })).toHaveLength(1));
});

it("the details say what is compared with how many weeks", () => {
  expect(datacenterDetails(well)).toBe(
    [
      "sjc: its lowest watermark is 13 min behind.",
      "Volume: 980 events of hour 2026-11-22T12 delivered, usually 1,000 (medians of its types in the same hour of the last 3 weeks).",
      "Backlog: oldest message 3 min, 12 messages in all.",
      "Running: exporter 4.2.0 in 3 instances.",
      "Open its page for components and waiting event types.",
    ].join("\n"),
  );
  expect(datacenterDetails({ ...well, volume: null, lagSeconds: null })).toMatch(/no comparison/);
});
