import { describe, expect, test } from "vitest";
import { formatMonth } from "../period.ts";
import { decideDigest, digestDueAt, dueDigests, nextDigest } from "./digest-months.ts";

const at = (text: string) => new Date(text);
const months = (...names: string[]) => names.map((name) => at(`${name}-01T00:00:00Z`));
const named = (since: string, now: string, ...decided: string[]) => ({
  since: at(since),
  now: at(now),
  decided: months(...decided),
});

test("a month's digest is due an hour after months are frozen", () => {
  expect(digestDueAt(at("2026-10-01T00:00:00Z"))).toEqual(at("2026-11-03T01:00:00Z"));
  expect(digestDueAt(at("2026-12-01T00:00:00Z"))).toEqual(at("2027-01-03T01:00:00Z"));
});

describe("which months are due", () => {
  test.each([
    ["before the 3rd: none", named("2026-10-10T00:00:00Z", "2026-11-03T00:59:59Z"), []],
    ["on the 3rd: the month that is over", named("2026-10-10T00:00:00Z", "2026-11-03T01:00:00Z"), ["2026-10"]],
    ["decided before: none", named("2026-10-10T00:00:00Z", "2026-11-20T00:00:00Z", "2026-10"), []],
    ["made after the freeze: no old month", named("2026-11-03T01:00:00Z", "2026-11-20T00:00:00Z"), []],
    [
      "made between the end and the freeze: that month",
      named("2026-11-02T12:00:00Z", "2026-11-03T01:00:00Z"),
      ["2026-10"],
    ],
    [
      "after months of standstill: all that were missed",
      named("2026-08-10T00:00:00Z", "2026-11-04T00:00:00Z"),
      ["2026-08", "2026-09", "2026-10"],
    ],
    [
      "the clock went back: nothing again, nothing early",
      named("2026-08-10T00:00:00Z", "2026-10-20T00:00:00Z", "2026-08", "2026-09", "2026-10"),
      [],
    ],
    [
      "one was missed among others",
      named("2026-08-10T00:00:00Z", "2026-11-04T00:00:00Z", "2026-08", "2026-10"),
      ["2026-09"],
    ],
  ])("%s", (_, history, expected) => {
    expect(dueDigests(history).map(formatMonth)).toEqual(expected);
  });

  test("a clock that is years ahead does not ask for years", () => {
    expect(dueDigests(named("2001-01-01T00:00:00Z", "2026-11-04T00:00:00Z"))).toHaveLength(12);
  });
});

test.each([
  [named("2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z"), "2026-11"],
  [named("2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z"), "2026-10"],
  [named("2026-08-10T00:00:00Z", "2026-11-04T00:00:00Z", "2026-07", "2026-08", "2026-09", "2026-10"), "2026-11"],
  [
    named("2026-08-10T00:00:00Z", "2026-11-04T00:00:00Z", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"),
    "2026-12",
  ],
  [named("2026-12-20T00:00:00Z", "2026-11-04T00:00:00Z"), "2027-01"],
])("%j gets next the digest of %s", (history, expected) => {
  expect(formatMonth(nextDigest(history))).toBe(expected);
});

describe("what to do with a month that is due", () => {
  const october = at("2026-10-01T00:00:00Z");
  const type = (more: object = {}) => ({
    claimedAt: at("2026-05-01T00:00:00Z"),
    frozenAt: at("2026-11-03T00:00:10Z"),
    deadlineSeconds: 7_200,
    termsSince: at("2026-05-01T00:00:00Z"),
    counts: { dueHours: 744, excusedHours: 0 },
    ...more,
  });
  const late = type({ frozenAt: null, deadlineSeconds: 20 * 86_400 });
  const notAddedUp = type({ frozenAt: null });
  test.each([
    ["all frozen", [type(), type()], "2026-11-03T02:00:00Z", { act: "send" }],
    [
      "one was frozen just now",
      [type(), type({ frozenAt: at("2026-11-03T01:30:00Z") })],
      "2026-11-03T02:00:00Z",
      { act: "wait" },
    ],
    [
      "one was frozen by a clock that was ahead",
      [type({ frozenAt: at("2027-11-03T01:30:00Z") })],
      "2026-11-03T02:00:00Z",
      { act: "send" },
    ],
    ["one is not frozen yet", [type(), late], "2026-11-03T02:00:00Z", { act: "wait" }],
    ["one should be frozen by now, weeks later", [type(), notAddedUp], "2026-11-20T00:00:00Z", { act: "wait" }],
    ["one is not frozen a week later", [type(), late], "2026-11-10T01:00:00Z", { act: "send" }],
    [
      "everything was excused",
      [type({ counts: { dueHours: 0, excusedHours: 744 } })],
      "2026-11-03T02:00:00Z",
      { act: "send" },
    ],
    [
      "no hours counted",
      [type({ counts: { dueHours: 0, excusedHours: 0 } })],
      "2026-11-03T02:00:00Z",
      { act: "nothing", because: "none of its hours counted" },
    ],
    ["no type", [], "2026-11-03T02:00:00Z", { act: "nothing", because: "none of its event types was active" }],
    [
      "a past that was loaded by its claim",
      [type({ claimedAt: at("2026-11-01T00:00:00Z") })],
      "2026-11-04T01:00:00Z",
      { act: "nothing", because: "its event types were claimed after it" },
    ],
    [
      "one was claimed in it",
      [type({ claimedAt: at("2026-11-01T00:00:00Z") }), type({ claimedAt: at("2026-10-31T23:00:00Z") })],
      "2026-11-04T01:00:00Z",
      { act: "send" },
    ],
  ])("%s", (_, types, now, expected) => {
    expect(decideDigest(october, types, at(now))).toEqual(expected);
  });
});
