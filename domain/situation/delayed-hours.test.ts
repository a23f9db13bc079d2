import { expect, test } from "vitest";
import { delayedHours } from "./delayed-hours.ts";
import { lagOf } from "./lags.ts";

const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`);

/** A lane that usually closes within 10 minutes; later than 15 is later than usual. */
function lane(mark: string, now: string) {
  const samples = { markMs: [at(mark)], fromHourMs: [0], produced: [0], published: [0], delivered: [0], skewed: [0] };
  const usualDelay = { p50Seconds: 300, p90Seconds: 600, hours: 24 };
  const facts = { eventType: "EndSong", isNamed: false, usualDelay, backlogs: [], samples, usualProduced: new Map() };
  return lagOf(facts, { atMs: [at(now)] });
}
const delayed = (mark: string, now: string, onset = "13:20") =>
  delayedHours([lane(mark, now)], new Date(at(onset)), at(now)).map(({ hour }) => hour.toISOString().slice(11, 16));

test("an hour is delayed once it has ended for longer than its lane usually takes", () => {
  expect(delayed("13:18", "14:15")).toEqual(["13:00"]);
  expect(delayed("13:18", "14:14")).toEqual([]);
});

test("every hour that the watermark has not passed is delayed, the newest first", () => {
  expect(delayed("13:18", "16:20")).toEqual(["15:00", "14:00", "13:00"]);
  expect(delayed("14:59", "16:20")).toEqual(["15:00", "14:00"]);
  expect(delayed("15:01", "16:20")).toEqual(["15:00"]);
});

test("what was late before the onset is not the incident's; what would have closed right after it is", () => {
  expect(delayed("11:30", "14:20")).toEqual(["13:00"]);
  expect(delayed("12:58", "14:20", "13:10")).toEqual(["13:00", "12:00"]);
});
