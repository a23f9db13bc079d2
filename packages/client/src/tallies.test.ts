import fc from "fast-check";
import { expect, test } from "vitest";
import { BacklogFull, BadInput } from "./bad-input.ts";
import { chunksOf, reportsOf } from "./count-messages.ts";
import { type Counted, type KeptTallies, Tallies } from "./tallies.ts";

const counted = (events: number, hour = "2026-11-22T13"): Counted => ({
  stage: "produced",
  eventType: "EndSong",
  hour,
  landedHour: hour,
  events,
  bytes: 0,
  malformed: 0,
});
const empty: KeptTallies = {
  reporter: "r",
  lateReporter: "late",
  forgottenThrough: null,
  givenUp: [],
  tallies: [],
};
const names = Array.from({ length: 10_000 }, (_, number) => `late-${number}`);
const open = (kept: KeptTallies = empty, maxTallies = 100_000) =>
  new Tallies({ kept, maxTallies, newName: () => names.pop() ?? "" });
const unsent = (tallies: Tallies) => reportsOf(tallies.unsent(0));
const send = (tallies: Tallies) => tallies.taken(tallies.unsent(0));
const days = (count: number) => count * 86_400_000;
const at = Date.parse("2026-11-22T13:30:00Z");

test("counts are cumulative, and only what changed since it was taken is said again", () => {
  const tallies = open();
  tallies.add(counted(3), 0);
  send(tallies);
  expect(unsent(tallies)).toEqual([]);
  tallies.add(counted(4), 0);
  expect(unsent(tallies)).toEqual([{ eventType: "EndSong", hour: "2026-11-22T13", events: 7 }]);
});

test("growth of the malformed or the bytes alone is said too", () => {
  const tallies = open();
  tallies.add(counted(3), 0);
  send(tallies);
  tallies.add({ ...counted(0), malformed: 2 }, 0);
  expect(unsent(tallies)).toMatchObject([{ events: 3, malformed: 2 }]);
  send(tallies);
  tallies.add({ ...counted(0), bytes: 9 }, 0);
  expect(unsent(tallies)).toMatchObject([{ events: 3, malformed: 2, bytes: 9 }]);
});

test("what was counted while a message was under way is said with the next", () => {
  const tallies = open();
  tallies.add(counted(3), 0);
  const entries = tallies.unsent(0);
  tallies.add(counted(1), 0);
  tallies.taken(entries);
  expect(unsent(tallies)).toMatchObject([{ events: 4 }]);
});

test("a first count of zero is said: silence would leave the datacenter unknown", () => {
  const tallies = open();
  tallies.add(counted(0), 0);
  expect(unsent(tallies)).toMatchObject([{ events: 0 }]);
});

test("where events landed, bytes and malformed are said when there is something to say", () => {
  const tallies = open();
  tallies.add({ ...counted(2), landedHour: "2026-11-22T14", bytes: 10, malformed: 1 }, 0);
  expect(unsent(tallies)).toEqual([
    { eventType: "EndSong", hour: "2026-11-22T13", landedHour: "2026-11-22T14", events: 2, bytes: 10, malformed: 1 },
  ]);
});

test("a thousand reports are the most of one message", () => {
  const tallies = open();
  for (let number = 0; number < 2_500; number += 1) tallies.add({ ...counted(1), eventType: `T${number}` }, 0);
  expect(chunksOf(tallies.unsent(0)).map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
});

test("a message names no more months than Tidemark takes: events with wild times keep no others from being reported", () => {
  const tallies = open();
  const hours = Array.from({ length: 100 }, (_, month) => new Date(Date.UTC(2010, month)).toISOString().slice(0, 13));
  for (const hour of hours) tallies.add(counted(1, hour), 0);
  const messages = chunksOf(tallies.unsent(0)).map((entries) => reportsOf(entries).map(({ hour }) => hour));
  expect(messages.map((named) => named.length)).toEqual([36, 36, 28]);
  expect(messages.flat()).toEqual(hours);
});

test("what was not taken is never forgotten", () => {
  const tallies = open();
  tallies.add(counted(3), at);
  tallies.forget(at + days(3));
  expect(unsent(tallies)).toMatchObject([{ events: 3 }]);
});

test("a reporter keeps its name while it forgets; only counts of forgotten hours go under another", () => {
  const tallies = open();
  tallies.add(counted(3), at);
  send(tallies);
  tallies.forget(at + days(3));
  tallies.add(counted(1), at + days(3));
  tallies.add(counted(1, "2026-11-25T13"), at + days(3));
  const named = chunksOf(tallies.unsent(0)).map(([entry]) => [entry?.tally.hour, entry?.tally.reporter]);
  expect(named).toEqual([
    ["2026-11-22T13", "late"],
    ["2026-11-25T13", "r"],
  ]);
});

test("an hour that is not over for long is kept although it is quiet: a wild time must not cost a name", () => {
  const tallies = open();
  tallies.add(counted(3, "2026-12-20T00"), at);
  send(tallies);
  tallies.forget(at + days(3));
  tallies.add(counted(3, "2026-12-20T00"), at);
  expect(tallies.unsent(0)).toMatchObject([{ tally: { reporter: "r", events: 6 } }]);
});

test("what Tidemark refused is sent no more, and later counts of it are refused at the call", () => {
  const tallies = open();
  tallies.add(counted(3), 0);
  tallies.giveUp(tallies.unsent(0)[0]!.tally, "/data/reports/0/hour is too old");
  expect(unsent(tallies)).toEqual([]);
  expect(() => tallies.add(counted(1), 0)).toThrow(BadInput);
  expect(() => tallies.add(counted(1), 0)).toThrow("is too old");
  tallies.add(counted(1, "2026-11-22T14"), 0);
  expect(unsent(tallies)).toHaveLength(1);
});

test("after a restart what was refused is tried once more, under a name that a smaller count does not vanish in", () => {
  const tallies = open();
  tallies.add(counted(100), 0);
  send(tallies);
  tallies.add(counted(1), 0);
  tallies.giveUp(tallies.unsent(0)[0]!.tally, "no more");
  expect(tallies.keep().tallies).toEqual([]);
  const next = open(tallies.keep());
  next.add(counted(5), 0);
  expect(next.unsent(0)).toMatchObject([{ tally: { reporter: "late", events: 5 } }]);
});

test("a full backlog refuses new counts and lets known ones grow", () => {
  const tallies = open(empty, 1);
  tallies.add(counted(3), 0);
  expect(() => tallies.add(counted(1, "2026-11-22T14"), 0)).toThrow(BacklogFull);
  tallies.add(counted(1), 0);
  expect(unsent(tallies)).toMatchObject([{ events: 4 }]);
});

test("a sum that is no exact number any more is refused, and what was counted stands", () => {
  const tallies = open();
  tallies.add({ ...counted(Number.MAX_SAFE_INTEGER - 1), bytes: 1 }, 0);
  expect(() => tallies.add({ ...counted(2), bytes: 1 }, 0)).toThrow("`events` must be a whole number");
  tallies.add({ ...counted(1), bytes: 1 }, 0);
  expect(unsent(tallies)).toMatchObject([{ events: Number.MAX_SAFE_INTEGER, bytes: 2 }]);
});

test("what is held back waits for its time; whatever else changed goes on", () => {
  const tallies = open();
  tallies.add(counted(3), 0);
  tallies.add({ ...counted(1), eventType: "AdClick" }, 0);
  tallies.holdBack(tallies.unsent(0)[0]!.tally, 1_000);
  expect(reportsOf(tallies.unsent(999))).toMatchObject([{ eventType: "AdClick" }]);
  expect(tallies.firstUntaken([])).toEqual(new Map([["EndSong", "2026-11-22T13"]]));
  expect(tallies.unsent(1_000)).toHaveLength(2);
});

// What Tidemark makes of it: the largest count of each reporter, summed.
type Received = { reporter: string; eventType: string; hour: string; events: number };
function total(received: Received[]): number {
  const largest = new Map<string, number>();
  for (const { reporter, eventType, hour, events } of received) {
    const key = JSON.stringify([reporter, eventType, hour]);
    largest.set(key, Math.max(events, largest.get(key) ?? 0));
  }
  return [...largest.values()].reduce((sum, events) => sum + events, 0);
}

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("count" as const),
      events: fc.nat(50),
      hour: fc.constantFrom("2026-11-22T13", "2026-11-22T14", "2026-11-25T09"),
    }),
    fc.record({ do: fc.constant("send" as const), answered: fc.boolean() }),
    fc.record({ do: fc.constantFrom("forget" as const, "restart" as const, "crash" as const) }),
  ),
  { maxLength: 60 },
);

test("after any counting, losing of answers, forgetting, restarting and crashing Tidemark knows the exact sum", () => {
  fc.assert(
    fc.property(steps, (all) => {
      let tallies = open();
      let kept = JSON.stringify(tallies.keep());
      const received: Received[] = [];
      let counts = 0;
      let sinceKept = 0;
      all.forEach((each, number) => {
        if (each.do === "count") {
          tallies.add(counted(each.events, each.hour), at + number);
          counts += each.events;
          sinceKept += each.events;
        } else if (each.do === "send") {
          // Kept before it is sent.
          kept = JSON.stringify(tallies.keep());
          sinceKept = 0;
          const entries = tallies.unsent(0);
          received.push(...entries.map(({ tally, amounts }) => ({ ...tally, ...amounts })));
          if (each.answered) tallies.taken(entries);
        } else if (each.do === "forget") tallies.forget(at + days(1) + number);
        else {
          // A crash loses what was counted since the last flush, nothing else.
          if (each.do === "crash") counts -= sinceKept;
          else kept = JSON.stringify(tallies.keep());
          sinceKept = 0;
          tallies = open(JSON.parse(kept) as KeptTallies);
        }
      });
      received.push(...tallies.unsent(0).map(({ tally, amounts }) => ({ ...tally, ...amounts })));
      expect(total(received)).toBe(counts);
    }),
    { numRuns: 1_000 },
  );
});
