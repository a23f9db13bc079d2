import fc from "fast-check";
import { expect, test } from "vitest";
import type { CountersData } from "./messages.ts";
import { type Counted, Tallies } from "./tallies.ts";

const counted = (events: number, hour = "2026-11-22T13"): Counted => ({
  stage: "produced",
  eventType: "EndSong",
  hour,
  landedHour: hour,
  events,
  bytes: 0,
  malformed: 0,
});
const reportsOf = (tallies: Tallies) => tallies.unsent("lon").flatMap(({ data }) => data.reports);

test("counts are cumulative, and only what changed since it was taken is said again", () => {
  const tallies = new Tallies("r", []);
  tallies.add(counted(3), 0);
  for (const { taken } of tallies.unsent("lon")) taken();
  expect(reportsOf(tallies)).toEqual([]);
  tallies.add(counted(4), 0);
  expect(reportsOf(tallies)).toEqual([{ eventType: "EndSong", hour: "2026-11-22T13", events: 7 }]);
});

test("what was counted while a message was under way is said with the next", () => {
  const tallies = new Tallies("r", []);
  tallies.add(counted(3), 0);
  const [message] = tallies.unsent("lon");
  tallies.add(counted(1), 0);
  message?.taken();
  expect(reportsOf(tallies)).toMatchObject([{ events: 4 }]);
});

test("a first count of zero is said: silence would leave the datacenter unknown", () => {
  const tallies = new Tallies("r", []);
  tallies.add(counted(0), 0);
  expect(reportsOf(tallies)).toMatchObject([{ events: 0 }]);
});

test("where events landed, bytes and malformed are said when there is something to say", () => {
  const tallies = new Tallies("r", []);
  tallies.add({ ...counted(2), landedHour: "2026-11-22T14", bytes: 10, malformed: 1 }, 0);
  expect(reportsOf(tallies)).toEqual([
    { eventType: "EndSong", hour: "2026-11-22T13", landedHour: "2026-11-22T14", events: 2, bytes: 10, malformed: 1 },
  ]);
});

test("a thousand reports are the most of one message", () => {
  const tallies = new Tallies("r", []);
  for (let at = 0; at < 2_500; at += 1) tallies.add({ ...counted(1), eventType: `T${at}` }, 0);
  expect(tallies.unsent("lon").map(({ data }) => data.reports.length)).toEqual([1_000, 1_000, 500]);
});

test("a message names no more months than Tidemark takes: events with wild times keep no others from being told", () => {
  const tallies = new Tallies("r", []);
  const hours = Array.from({ length: 100 }, (_, month) => new Date(Date.UTC(2010, month)).toISOString().slice(0, 13));
  for (const hour of hours) tallies.add(counted(1, hour), 0);
  const messages = tallies.unsent("lon").map(({ data }) => data.reports.map(({ hour }) => hour));
  expect(messages.map((named) => named.length)).toEqual([36, 36, 28]);
  expect(messages.flat()).toEqual(hours);
});

test("what was not taken is never forgotten", () => {
  const tallies = new Tallies("r", []);
  tallies.add(counted(3), 0);
  tallies.forget(1_000, "s");
  expect(reportsOf(tallies)).toMatchObject([{ events: 3 }]);
});

// What Tidemark makes of it: the largest count of each reporter, summed.
function total(messages: CountersData[]): number {
  const largest = new Map<string, number>();
  for (const { stage, reporter, reports } of messages) {
    for (const { eventType, hour, events } of reports) {
      const key = JSON.stringify([stage, reporter, eventType, hour]);
      largest.set(key, Math.max(events, largest.get(key) ?? 0));
    }
  }
  return [...largest.values()].reduce((sum, events) => sum + events, 0);
}

test("after any counting, losing of answers, forgetting and restarting Tidemark knows the exact sum", () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant("count" as const),
      events: fc.nat(50),
      hour: fc.constantFrom("2026-11-22T13", "2026-11-22T14"),
    }),
    fc.record({ do: fc.constant("send" as const), answered: fc.boolean() }),
    fc.record({ do: fc.constantFrom("forget" as const, "restart" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let tallies = new Tallies("r-0", []);
      const received: CountersData[] = [];
      let counts = 0;
      const send = (answered: boolean) => {
        for (const { data, taken } of tallies.unsent("lon")) {
          received.push(data);
          if (answered) taken();
        }
      };
      steps.forEach((each, at) => {
        if (each.do === "count") {
          tallies.add(counted(each.events, each.hour), at);
          counts += each.events;
        } else if (each.do === "send") send(each.answered);
        else if (each.do === "forget") tallies.forget(at + 1, `r-${at + 1}`);
        else {
          const { reporter, tallies: kept } = JSON.parse(JSON.stringify(tallies.keep()));
          tallies = new Tallies(reporter, kept);
        }
      });
      send(true);
      expect(total(received)).toBe(counts);
    }),
  );
});
