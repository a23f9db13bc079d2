import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import type { Chance } from "./chance.ts";
import { hostileValue } from "./hostile-values.ts";

export type Json = Record<string, unknown>;

/** The types claimed at the start. The last type's counts may be absurd: its hours can then never be complete. */
export const eventTypes = ["Alpha", "Beta", "Gamma 1/2", "Café", "Delta", "Omega"] as const;
export const datacenters = ["a", "b", "ö"] as const;
export const lookBackHours = 30;

/** A message as from a correct reporter. Counts run up to ten, so that many hours balance in the end. */
export function validEvent(chance: Chance, now: Date): Json {
  const agoMs = chance.weighed([
    [8, chance.int(600_000)],
    [2, chance.int(6 * 3_600_000)],
    [1, -chance.int(600_000)],
  ]);
  const time = new Date(now.getTime() - agoMs);
  const [type, data] = chance.weighed<() => [string, Json]>([
    [50, () => ["counters", counters(chance, now)]],
    [25, () => ["watermark", watermark(chance, time)]],
    [10, () => ["hour-closed", hourClosed(chance, time)]],
    [
      5,
      () => [
        "heartbeat",
        { dc: chance.of(datacenters), component: "exporter", instance: `i${chance.int(3)}`, version: "1.2.3" },
      ],
    ],
    [3, () => ["deployment", { dc: chance.of(datacenters), component: "exporter", version: `1.${chance.int(50)}` }]],
    [7, () => ["backlog", backlog(chance)]],
  ])();
  return {
    specversion: "1.0",
    id: `${chance.int(2 ** 31)}`,
    source: `/fuzz/${chance.int(9)}`,
    type: `tidemark.${type}.v1`,
    time: time.toISOString(),
    ...(chance.is(0.3) ? { datacontenttype: "application/json" } : {}),
    data,
  };
}

function counters(chance: Chance, now: Date): Json {
  const stage = chance.of(["produced", "produced", "published", "delivered", "delivered"]);
  return {
    dc: chance.of(datacenters),
    stage,
    reporter: `${stage}-${chance.int(2)}`,
    ...(chance.is(0.05) ? { epoch: chance.int(3) } : {}),
    ...(chance.is(0.02) ? { final: true } : {}),
    reports: Array.from({ length: 1 + chance.int(5) }, () => {
      const eventType = chance.of(eventTypes);
      const hour = addHours(hourOf(now), -chance.int(lookBackHours));
      return {
        eventType,
        hour: formatHour(hour),
        ...(chance.is(0.1) ? { landedHour: formatHour(addHours(hour, chance.int(2))) } : {}),
        events: chance.of([10, 10, 10, 10, 7, 0]),
        ...(chance.is(0.2) ? { bytes: chance.int(1e6), malformed: chance.int(3) } : {}),
      };
    }),
  };
}

function watermark(chance: Chance, time: Date): Json {
  const marks = Array.from({ length: 1 + chance.int(4) }, () => ({
    eventType: chance.of(eventTypes),
    watermark: new Date(time.getTime() - chance.int(2 * 3_600_000) + 300_000).toISOString(),
  }));
  return { dc: chance.of(datacenters), marks };
}

function hourClosed(chance: Chance, time: Date): Json {
  const hour = addHours(hourOf(time), -1 - chance.int(lookBackHours));
  const mark = { eventType: chance.of(eventTypes), hour: formatHour(hour) };
  return { dc: chance.of(datacenters), marks: [{ ...mark, ...(chance.is(0.2) ? { location: "gs://b/x" } : {}) }] };
}

function backlog(chance: Chance): Json {
  const eventType = chance.of(eventTypes);
  return {
    dc: chance.of(datacenters),
    eventType,
    stage: "delivered",
    oldestAgeSeconds: chance.int(9_000),
    messages: chance.int(100),
  };
}

/** Spoils one to three things, anywhere in it. */
export function mutated(chance: Chance, event: Json): Json {
  const copy = structuredClone(event);
  for (let times = 1 + chance.int(3); times > 0; times -= 1) spoil(chance, copy);
  return copy;
}

/** Absurd amounts where they are allowed, for the one type whose hours are not checked for balance. */
export function inflated(chance: Chance, event: Json): Json {
  const copy = structuredClone(event);
  const { reports } = copy.data as { reports?: Json[] };
  for (const report of reports ?? []) {
    report.eventType = "Omega";
    for (const key of ["events", "bytes", "malformed"]) report[key] = chance.of([2 ** 53 - 1, 1e15, 2 ** 31, 1]);
  }
  if (reports && chance.is(0.3)) (copy.data as Json).epoch = chance.of([2 ** 53 - 1, 5, 0]);
  return copy;
}

function spoil(chance: Chance, value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const holder = value as Json;
  const key = chance.of(Object.keys(holder));
  if (key === undefined) return;
  const inner = holder[key];
  if (typeof inner === "object" && inner !== null && chance.is(0.85)) spoil(chance, inner);
  else spoilMember(chance, holder, key);
}

function spoilMember(chance: Chance, holder: Json, key: string): void {
  const inner = holder[key];
  const how = chance.int(10);
  if (how === 0) delete holder[key];
  else if (how === 1) holder[`${key} `] = inner;
  else if (how === 2 && Array.isArray(inner))
    holder[key] = Array.from({ length: chance.of([2, 50, 400]) }, () => inner[0]);
  else if (how === 3 && typeof inner === "string") holder[key] = rewritten(chance, inner);
  else holder[key] = hostileValue(chance, key);
}

/** The same, or nearly, in another spelling. */
function rewritten(chance: Chance, text: string): string {
  return chance.of([
    text.normalize("NFD"),
    text.toLowerCase(),
    text.toUpperCase(),
    ` ${text}`,
    `${text}\u0000`,
    text.slice(0, -1),
    text.replace(/\.\d+Z$/, "Z"),
    text.replace(/Z$/, "+00:00"),
    text.replace(/T/, "t"),
    `${text}:00`,
    text.repeat(20),
  ]);
}
