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
  versions: [{ component: "exporter", version: "4.2.0", instances: 3 }],
};
const say = (part: Partial<BoardDatacenterJson>) =>
  datacenterWords({ ...well, ...part }).map(({ text, isTrouble }) => (isTrouble ? `${text}!` : text));

describe("a datacenter in a few words", () => {
  it("all that is known whispers while it is as usual", () =>
    expect(say({})).toEqual(["98 % of usual volume", "backlog 3 min", "4.2.0"]));
  it("less than half of the usual volume, and what waits for longer than an hour, are loud", () => {
    const volume = { hour: "2026-11-22T12", delivered: 3, usual: 1000, weeks: 3 };
    expect(say({ volume, backlog: { oldestAgeSeconds: 3_601, messages: null } })).toEqual([
      "under 1 % of usual volume!",
      "backlog 60 min!",
      "4.2.0",
    ]);
  });
  it("nothing is said of what is not known, nor of a silent one", () => {
    expect(say({ volume: null, backlog: null, versions: [] })).toEqual([]);
    expect(say({ silent: true })).toEqual([]);
  });
  it("an empty backlog is none", () => expect(say({ backlog: { oldestAgeSeconds: 0, messages: 0 } })).toHaveLength(2));
  it("two versions of one component are said; one version each of several is no matter", () => {
    const bridge = { component: "bridge", version: "2.0.0", instances: 1 };
    const newer = { component: "exporter", version: "4.2.1", instances: 1 };
    const last = (versions: BoardDatacenterJson["versions"]) => say({ versions }).at(-1);
    expect(last([...well.versions, bridge])).toBe("4.2.0 · 2.0.0");
    const many = ["a", "b", "c"].map((component) => ({ ...bridge, component }));
    expect(last([...well.versions, ...many])).toBe("4 components");
    expect(last([...well.versions, newer, bridge])).toBe("2 versions of exporter");
    expect(last([...well.versions, newer, bridge, { ...bridge, version: null }])).toBe(
      "2 components in 2 or more versions",
    );
  });
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
