import { expect, test } from "vitest";
import type { InstanceFact } from "../explain.ts";
import type { LaneFacts, PlaceFacts } from "./facts.ts";
import { minuteMs } from "./lags.ts";
import { silentCounter } from "./uncounted.ts";

const startMs = Date.parse("2026-11-22T12:00:00Z");
const at = (minute: number) => new Date(startMs + minute * minuteMs);
/** One of ten hosts was heard last at 12:40; it is 13:30. */
const [silentFrom, now] = [40, 90];

interface Rates {
  produced: number;
  delivered: number;
}

/** Events a minute while all hosts are heard, and from then on. */
function place(before: Rates, after: Rates, host: Partial<InstanceFact> = {}): PlaceFacts {
  const minutes = Array.from({ length: now + 1 }, (_, minute) => minute);
  const counts = (of: keyof Rates) =>
    minutes.map((minute) => Math.min(minute, silentFrom) * before[of] + Math.max(0, minute - silentFrom) * after[of]);
  const lane: LaneFacts = {
    eventType: "EndSong",
    isNamed: true,
    usualDelay: null,
    backlogs: [],
    measuredBy: null,
    samples: {
      markMs: minutes.map(() => null),
      fromHourMs: minutes.map(() => startMs),
      produced: counts("produced"),
      published: counts("delivered"),
      delivered: counts("delivered"),
      skewed: minutes.map(() => 0),
    },
    usualProduced: new Map(),
  };
  const instance: InstanceFact = {
    component: "event-service",
    instance: "host-3",
    version: null,
    startedAt: at(-600),
    downFrom: null,
    lastSeenAt: at(silentFrom),
    stage: "produced",
    ...host,
  };
  return {
    datacenter: "lon",
    atMs: minutes.map((minute) => at(minute).getTime()),
    heardMs: minutes.map((minute) => at(minute).getTime()),
    lanes: [lane],
    instances: [instance],
    hours: [],
  };
}

const counterOf = (found: PlaceFacts) =>
  silentCounter(found, at(silentFrom), { now: at(now), deployments: [] })?.instance.instance ?? null;
const even = { produced: 1000, delivered: 1000 };

test("a silent host explains what was delivered beyond the counts that fell with it", () => {
  expect(counterOf(place(even, { produced: 900, delivered: 998 }))).toBe("host-3");
});

test("a silent host does not explain events that come twice while the others count as much as before", () => {
  expect(counterOf(place(even, { produced: 1000, delivered: 1100 }))).toBeNull();
});

test("nothing is beyond the counts where delivery fell with them", () => {
  expect(counterOf(place(even, { produced: 900, delivered: 900 }))).toBeNull();
});

test("a host that is back counts what it produced", () => {
  const back = { startedAt: at(80), downFrom: at(silentFrom), lastSeenAt: at(now) };
  expect(counterOf(place(even, { produced: 900, delivered: 998 }, back))).toBeNull();
});
