import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addHours } from "./hour.ts";
import {
  addClosingStep,
  addMessage,
  type Batch,
  type ClosingStep,
  closedAtOf,
  emptyBatch,
  mergeBatches,
} from "./merge.ts";
import { type Message, stages } from "./protocol.ts";

const base = new Date("2026-11-22T00:00:00Z");
const minute = (count: number) => new Date(base.getTime() + count * 60_000);

// Small ranges, so that keys collide and times tie: what decides a tie is then the rows themselves.
const name = fc.constantFrom("a", "a", "a", "b");
const text = fc.constantFrom("a", "b", "🎵", "\uffee");
const hour = fc.nat(1).map((at) => addHours(base, at));
const figure = fc.nat(3);
const envelope = { source: name, id: name, time: fc.nat(3).map((count) => minute(count * 30)) };
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2 });

const kinds: readonly fc.Arbitrary<Message>[] = [
  fc.record({
    ...envelope,
    kind: fc.constant("counters" as const),
    dc: name,
    stage: fc.constantFrom(...stages),
    reporter: name,
    epoch: fc.nat(2),
    final: fc.boolean(),
    reports: fc.array(
      fc.record({
        eventType: name,
        hour,
        landedHour: hour,
        events: figure,
        bytes: perhaps(figure),
        malformed: perhaps(figure),
      }),
      { maxLength: 6 },
    ),
  }),
  fc.record({
    ...envelope,
    kind: fc.constant("watermark" as const),
    dc: name,
    marks: fc.array(fc.record({ eventType: name, watermark: fc.nat(24).map((count) => minute(count * 15)) }), {
      maxLength: 4,
    }),
  }),
  fc.record({
    ...envelope,
    kind: fc.constant("hour-closed" as const),
    dc: name,
    marks: fc.array(fc.record({ eventType: name, hour, location: perhaps(text) }), { maxLength: 4 }),
  }),
  fc.record({
    ...envelope,
    kind: fc.constant("heartbeat" as const),
    dc: name,
    component: name,
    instance: name,
    version: perhaps(text),
    startedAt: perhaps(fc.nat(3).map(minute)),
  }),
  fc.record({
    ...envelope,
    kind: fc.constant("deployment" as const),
    dc: perhaps(name),
    component: name,
    version: text,
    deployedBy: perhaps(text),
    url: perhaps(text),
  }),
  fc.record({
    ...envelope,
    kind: fc.constant("backlog" as const),
    dc: perhaps(name),
    eventType: name,
    stage: fc.constantFrom(...stages),
    oldestAgeSeconds: figure,
    messages: perhaps(figure),
  }),
];

function batchOf(messages: readonly Message[]): Batch {
  const batch = emptyBatch();
  for (const each of messages) addMessage(batch, each);
  return batch;
}

/** The batch as text, whatever the order of its rows; how many messages made it is beside the point. */
function canonical({ messageCount: _, ...maps }: Batch): string {
  const sorted = Object.entries(maps).map(([kind, rows]) => [kind, [...rows].sort(([a], [b]) => (a < b ? -1 : 1))]);
  return JSON.stringify(sorted);
}

// All kinds together, or one alone: then many messages meet in few rows.
const anyMessages = fc.oneof(
  ...[fc.oneof(...kinds), ...kinds].map((kind) => fc.array(kind, { minLength: 1, maxLength: 30 })),
);

const scrambled = anyMessages.chain((messages) =>
  fc.record({
    messages: fc.constant(messages),
    // Each message at least once, some again, in any order.
    delivered: fc.array(fc.nat(messages.length - 1), { maxLength: 20 }).chain((again) => {
      const all = [...messages, ...again.flatMap((at) => messages[at] ?? [])];
      return fc.shuffledSubarray(all, { minLength: all.length });
    }),
    cuts: fc.array(fc.nat(50), { maxLength: 4 }),
  }),
);

describe("the merge", () => {
  test("does not depend on order or repetition", () => {
    fc.assert(
      fc.property(scrambled, ({ messages, delivered }) => {
        expect(canonical(batchOf(delivered))).toBe(canonical(batchOf(messages)));
      }),
      { numRuns: 1_000 },
    );
  });

  test("does not depend on batching, nor on the order in which batches are joined", () => {
    fc.assert(
      fc.property(scrambled, fc.boolean(), ({ messages, delivered, cuts }, backwards) => {
        const bounds = [0, ...cuts.map((cut) => cut % delivered.length), delivered.length].sort((a, b) => a - b);
        const batches = bounds.slice(1).map((end, at) => batchOf(delivered.slice(bounds[at], end)));
        const before = batches.map(canonical);
        const joined = (backwards ? batches.toReversed() : batches).reduce(mergeBatches, emptyBatch());
        expect(canonical(joined)).toBe(canonical(batchOf(messages)));
        expect(joined.messageCount).toBe(delivered.length);
        // What is joined is left as it was: it may be tried again.
        expect(batches.map(canonical)).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});

describe("counts", () => {
  type Figures = { events: number; bytes?: number | null; malformed?: number | null };
  const said = (epoch: number, { events, bytes = null, malformed = null }: Figures, reporter = "r"): Message => ({
    kind: "counters",
    source: "s",
    id: "i",
    time: base,
    dc: "lon",
    stage: "delivered",
    reporter,
    epoch,
    final: false,
    reports: [{ eventType: "A", hour: base, landedHour: base, events, bytes, malformed }],
  });
  const counted = (...messages: Message[]) =>
    [...batchOf(messages).counts.values()].map(({ epoch, events, bytes, malformed }) => ({
      epoch,
      events,
      bytes,
      malformed,
    }));

  test("only grow within an epoch", () => {
    expect(counted(said(0, { events: 5 }), said(0, { events: 9 }), said(0, { events: 7 }))).toMatchObject([
      { events: 9 },
    ]);
  });

  test("go down with a higher epoch: a recount", () => {
    expect(counted(said(0, { events: 9, bytes: 90 }), said(1, { events: 4 }))).toEqual([
      { epoch: 1, events: 4, bytes: null, malformed: null },
    ]);
  });

  test("of a lower epoch that comes late change nothing", () => {
    expect(counted(said(2, { events: 4 }), said(1, { events: 9, bytes: 90 }))).toMatchObject([
      { epoch: 2, events: 4, bytes: null },
    ]);
  });

  test("grow each by itself, and any number is more than none", () => {
    const merged = counted(said(0, { events: 5, bytes: 70 }), said(0, { events: 6, bytes: 60, malformed: 0 }));
    expect(merged).toEqual([{ epoch: 0, events: 6, bytes: 70, malformed: 0 }]);
  });

  test("of two reporters stay apart", () => {
    expect(counted(said(0, { events: 5 }, "r1"), said(0, { events: 6 }, "r2"))).toHaveLength(2);
  });

  test("of one message that says a key twice are merged like those of two", () => {
    const message = said(0, { events: 5 });
    if (message.kind !== "counters") throw new Error();
    message.reports.push({ eventType: "A", hour: base, landedHour: base, events: 3, bytes: 1, malformed: null });
    expect(counted(message)).toEqual([{ epoch: 0, events: 5, bytes: 1, malformed: null }]);
  });
});

describe("closings", () => {
  const step = (hours: number, minutes: number): ClosingStep => ({
    closedThrough: addHours(base, hours),
    closedAt: minute(minutes),
  });
  const staircase = (...steps: ClosingStep[]) => {
    const stairs: ClosingStep[] = [];
    for (const each of steps) addClosingStep(stairs, each);
    return stairs;
  };

  test("a later watermark that closes more is another step", () => {
    expect(staircase(step(1, 60), step(2, 130))).toEqual([step(1, 60), step(2, 130)]);
  });

  test("a watermark that closes more, earlier, takes the place of all that it beats", () => {
    expect(staircase(step(1, 60), step(2, 130), step(3, 190), step(2, 50))).toEqual([step(2, 50), step(3, 190)]);
  });

  test("a watermark that fell back closes nothing", () => {
    expect(staircase(step(2, 130), step(1, 140))).toEqual([step(2, 130)]);
  });

  test("the same hour said closed earlier is closed earlier, and said again later is not", () => {
    expect(staircase(step(2, 130), step(2, 120), step(2, 125))).toEqual([step(2, 120)]);
  });

  test("a watermark closes the hours that end at or before it", () => {
    const watermark = (at: string, time: Date): Message => ({
      kind: "watermark",
      source: "s",
      id: "i",
      time,
      dc: "lon",
      marks: [{ eventType: "A", watermark: new Date(at) }],
    });
    const batch = batchOf([
      watermark("2026-11-22T13:59:59.999Z", minute(1)),
      watermark("2026-11-22T14:00:00Z", minute(2)),
      watermark("2026-11-22T14:30:00Z", minute(3)),
    ]);
    const steps = [...batch.closings.values()].flat();
    expect(closedAtOf(new Date("2026-11-22T13:00:00Z"), steps, null)).toEqual(minute(1));
    expect(closedAtOf(new Date("2026-11-22T14:00:00Z"), steps, null)).toEqual(minute(2));
    expect(closedAtOf(new Date("2026-11-22T15:00:00Z"), steps, null)).toBeNull();
    expect([...batch.watermarks.values()]).toEqual([
      { eventType: "A", dc: "lon", watermark: new Date("2026-11-22T14:30:00Z"), observedAt: minute(3) },
    ]);
  });

  test("the earlier of marker and watermark closes the hour", () => {
    expect(closedAtOf(addHours(base, 1), [step(1, 60)], minute(50))).toEqual(minute(50));
    expect(closedAtOf(addHours(base, 1), [step(1, 60)], minute(70))).toEqual(minute(60));
    expect(closedAtOf(addHours(base, 2), [step(1, 60)], minute(70))).toEqual(minute(70));
    expect(closedAtOf(addHours(base, 2), [], null)).toBeNull();
  });

  test("the staircase closes every hour just when all that was said would, and holds no step in vain", () => {
    const steps = fc.array(
      fc.record({ closedThrough: fc.nat(8).map((at) => addHours(base, at)), closedAt: fc.nat(8).map(minute) }),
    );
    fc.assert(
      fc.property(steps, (all) => {
        const stairs = staircase(...all);
        for (let at = 0; at <= 9; at++) {
          expect(closedAtOf(addHours(base, at), stairs, null)).toEqual(closedAtOf(addHours(base, at), all, null));
        }
        for (const [at, each] of stairs.entries()) {
          const above = stairs[at + 1];
          if (above) expect(each.closedThrough < above.closedThrough && each.closedAt < above.closedAt).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("ties", () => {
  const marker = (location: string | null, time: Date): Message => ({
    kind: "hour-closed",
    source: "s",
    id: "i",
    time,
    dc: "lon",
    marks: [{ eventType: "A", hour: base, location }],
  });
  const location = (...messages: Message[]) => [...batchOf(messages).markers.values()].map((row) => row.location);

  test("a marker's location is the earliest one's; at the same time the smallest, none last", () => {
    expect(location(marker("gs://b", minute(2)), marker("gs://z", minute(1)))).toEqual(["gs://z"]);
    expect(location(marker("gs://b", minute(1)), marker("gs://a", minute(1)), marker(null, minute(1)))).toEqual([
      "gs://a",
    ]);
    expect(location(marker(null, minute(1)), marker("gs://b", minute(2)))).toEqual([null]);
  });

  test("texts are ordered by code points, as the database orders them", () => {
    expect(location(marker("🎵", minute(1)), marker("\uffee", minute(1)))).toEqual(["\uffee"]);
  });

  test("an older heartbeat that comes late changes nothing, also not lastSeen", () => {
    const beat = (version: string, time: Date): Message => ({
      kind: "heartbeat",
      source: "s",
      id: "i",
      time,
      dc: "lon",
      component: "etl",
      instance: "1",
      version,
      startedAt: null,
    });
    const batch = batchOf([beat("2", minute(2)), beat("1", minute(1))]);
    expect([...batch.heartbeat.values()]).toMatchObject([{ version: "2", time: minute(2) }]);
    expect([...batch.lastSeen]).toEqual([["lon", minute(2)]]);
  });

  test("a backlog of no datacenter is kept apart from each datacenter's", () => {
    const backlog = (dc: string | null): Message => ({
      kind: "backlog",
      source: "s",
      id: "i",
      time: base,
      dc,
      eventType: "A",
      stage: "delivered",
      oldestAgeSeconds: 3,
      messages: null,
    });
    const batch = batchOf([backlog(null), backlog("lon"), backlog(null)]);
    expect([...batch.backlog.values()].map((row) => row.dc)).toEqual([null, "lon"]);
    expect([...batch.lastSeen.keys()]).toEqual(["lon"]);
  });

  test("what is said of a datacenter's deployments is no sign of life from it", () => {
    const deployment: Message = {
      kind: "deployment",
      source: "s",
      id: "i",
      time: base,
      dc: "lon",
      component: "exporter",
      version: "4.2.1",
      deployedBy: null,
      url: null,
    };
    const batch = batchOf([deployment]);
    expect([...batch.deployment.values()]).toMatchObject([{ dc: "lon", version: "4.2.1" }]);
    expect([...batch.lastSeen]).toEqual([]);
  });
});
