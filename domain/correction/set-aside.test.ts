import { describe, expect, test } from "vitest";
import { type CountFact, type DiscardedCounts, indexCorrections, type MarkFact, type ResetMarks } from "./set-aside.ts";

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);

const discard: DiscardedCounts = {
  id: 1,
  eventType: "EndSong",
  dc: "lon",
  stage: null,
  reporter: null,
  from: null,
  to: null,
  observedThrough: at("12:00"),
};
const count: CountFact = {
  eventType: "EndSong",
  dc: "lon",
  stage: "produced",
  reporter: "host-1",
  hour: at("10:00"),
  time: at("11:30"),
};
const reset: ResetMarks = { id: 2, eventType: null, dc: "lon", after: at("11:00"), observedThrough: at("12:00") };
const mark: MarkFact = { eventType: "EndSong", dc: "lon", closedThrough: at("13:00"), time: at("11:30") };

describe("counts are set aside", () => {
  const held = (change: Partial<DiscardedCounts>, fact: Partial<CountFact> = {}) =>
    indexCorrections([{ ...discard, ...change }], []).findCountHolder({ ...count, ...fact });

  test("when they were observed by the correction's moment, and not afterwards", () => {
    expect(held({}, { time: at("12:00") })).toBe(1);
    expect(held({}, { time: new Date(at("12:00").getTime() + 1) })).toBeNull();
  });

  test.each<[string, Partial<DiscardedCounts>, Partial<CountFact>]>([
    ["another type", {}, { eventType: "AdClick" }],
    ["another datacenter", {}, { dc: "sjc" }],
    ["another stage", { stage: "delivered" }, {}],
    ["another reporter", { reporter: "host-2" }, {}],
    ["an hour before", { from: at("11:00") }, {}],
    ["an hour after, for `to` is excluded", { to: at("10:00") }, {}],
  ])("but not those of %s", (_what, change, fact) => {
    expect(held(change, fact)).toBeNull();
  });

  test("when every part of the scope is theirs", () => {
    const scope = { stage: "produced", reporter: "host-1", from: at("10:00"), to: at("11:00") } as const;
    expect(held(scope)).toBe(1);
  });

  test("by the correction that reaches the least far of those that cover them", () => {
    const later = { ...discard, id: 7, observedThrough: at("14:00") };
    const corrections = indexCorrections([later, discard], []);
    expect(corrections.findCountHolder(count)).toBe(1);
    expect(corrections.findCountHolder({ ...count, time: at("13:00") })).toBe(7);
  });
});

describe("marks are set aside", () => {
  const held = (change: Partial<ResetMarks>, fact: Partial<MarkFact> = {}) =>
    indexCorrections([], [{ ...reset, ...change }]).findMarkHolder({ ...mark, ...fact });

  test("when they close an hour that ends after the instant", () => {
    expect(held({})).toBe(2);
    expect(held({}, { closedThrough: at("11:00") })).toBeNull();
  });

  test("of one type, or of every type of the datacenter", () => {
    expect(held({ eventType: "AdClick" })).toBeNull();
    expect(held({}, { eventType: "AdClick" })).toBe(2);
    expect(held({}, { dc: "sjc" })).toBeNull();
  });

  test("when they were observed by the correction's moment, and not afterwards", () => {
    expect(held({}, { time: at("12:01") })).toBeNull();
  });
});
