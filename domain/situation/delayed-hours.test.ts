import { expect, test } from "vitest";
import { delayedHours } from "./delayed-hours.ts";
import type { PlaceFacts } from "./facts.ts";

const minuteMs = 60_000;
const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`);

/** A lane that usually closes within 10 minutes, so that later than 15 is late. `marks`: from when its watermark stood where. */
function place(marks: Record<string, string>, now: string): PlaceFacts {
  const steps = Object.entries(marks);
  const atMs: number[] = [];
  for (let ms = at(steps[0]?.[0] ?? now); ms <= at(now); ms += minuteMs) atMs.push(ms);
  const markMs = atMs.map((ms) => at(steps.findLast(([from]) => at(from) <= ms)?.[1] ?? ""));
  const none = atMs.map(() => 0);
  const samples = { markMs, fromHourMs: none, produced: none, published: none, delivered: none, skewed: none };
  const usualDelay = { p50Seconds: 300, p90Seconds: 600, hours: 24 };
  const lane = {
    eventType: "EndSong",
    isNamed: false,
    usualDelay,
    backlogs: [],
    measuredBy: null,
    samples,
    usualProduced: new Map(),
  };
  return { datacenter: "sjc", atMs, heardMs: atMs, lanes: [lane], instances: [], hours: [] };
}
const delayed = (marks: Record<string, string>, now: string, onset = "13:20") =>
  delayedHours(place(marks, now), new Date(at(onset))).map(({ hour }) => hour.toISOString().slice(11, 16));
const standing = (mark: string, now: string, onset?: string) => delayed({ [now]: mark }, now, onset);

test("an hour is delayed once it has ended for longer than its lane usually takes", () => {
  expect(standing("13:18", "14:15")).toEqual(["13:00"]);
  expect(standing("13:18", "14:14")).toEqual([]);
});

test("every hour that the watermark has not passed is delayed, the newest first", () => {
  expect(standing("13:18", "16:20")).toEqual(["15:00", "14:00", "13:00"]);
  expect(standing("14:59", "16:20")).toEqual(["15:00", "14:00"]);
  expect(standing("15:01", "16:20")).toEqual(["15:00"]);
});

test("what was late before the onset is not the incident's; what would have closed right after it is", () => {
  expect(standing("11:30", "14:20")).toEqual(["13:00"]);
  expect(standing("12:58", "14:20", "13:10")).toEqual(["13:00", "12:00"]);
});

test("an hour that closed late, before anyone looked, stays delayed; one that closed in time does not become it", () => {
  expect(delayed({ "14:00": "13:40", "14:30": "14:25" }, "14:50")).toEqual(["13:00"]);
  expect(delayed({ "14:00": "13:40", "14:14": "14:10" }, "14:50")).toEqual([]);
});

test("each says by when its lane had usually closed it", () => {
  const [hour] = delayedHours(place({ "14:20": "13:18" }, "14:20"), new Date(at("13:20")));
  expect(hour?.expectedBy.toISOString()).toBe("2026-11-22T14:15:00.000Z");
});
