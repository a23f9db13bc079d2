import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseEvent } from "../../../domain/protocol.ts";
import schema from "../schemas/tidemark.schema.json" with { type: "json" };

const accepts = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);
const now = new Date("2026-11-22T14:00:00Z");

const name = fc.constantFrom("lon", "EndSong", "exporter 7", "ß", "日本語", "x".repeat(255));
const count = fc.constantFrom(0, 1, 12_345, Number.MAX_SAFE_INTEGER);
const hour = fc.constantFrom("2026-11-22T13", "2026-11-22T13Z", "2026-11-22T13:00Z", "2026-11-22T13:00:00Z");
const instant = fc.constantFrom("2026-11-22T13:04:05Z", "2026-11-22T13:04:05.678+02:00");
const stage = fc.constantFrom("produced", "published", "delivered");
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const list = (entry: fc.Arbitrary<unknown>) => fc.array(entry, { maxLength: 3 });

const datas: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  counters: fc.record({
    dc: name,
    stage,
    reporter: name,
    epoch: optional(count),
    final: optional(fc.boolean()),
    reports: list(
      fc.record({
        eventType: name,
        hour,
        landedHour: optional(hour),
        events: count,
        bytes: optional(count),
        malformed: optional(count),
      }),
    ),
  }),
  watermark: fc.record({ dc: name, marks: list(fc.record({ eventType: name, watermark: instant })) }),
  "hour-closed": fc.record({ dc: name, marks: list(fc.record({ eventType: name, hour, location: optional(name) })) }),
  heartbeat: fc.record({
    dc: name,
    component: name,
    instance: name,
    version: optional(name),
    startedAt: optional(instant),
  }),
  deployment: fc.record({
    dc: optional(name),
    component: name,
    version: name,
    deployedBy: optional(name),
    url: optional(fc.constant("https://ci.example.com/7")),
  }),
  backlog: fc.record({
    dc: optional(name),
    eventType: name,
    stage,
    oldestAgeSeconds: fc.constantFrom(0, 1.5, 315_360_000),
    messages: optional(count),
  }),
};
const event = fc.constantFrom(...Object.keys(datas)).chain((kind) =>
  fc.record({
    specversion: fc.constant("1.0"),
    type: fc.constant(`tidemark.${kind}.v1`),
    source: name,
    id: name,
    // The hour that a mark closes has ended by then, within the 10 minutes that clocks may differ.
    time: fc.constantFrom("2026-11-22T13:59:00Z", "2026-11-22T15:59:00.678+02:00"),
    data: datas[kind] as fc.Arbitrary<Record<string, unknown>>,
  }),
);

test("what the schema describes the product takes", () => {
  fc.assert(
    fc.property(event, (each) => {
      expect(accepts(each), JSON.stringify(accepts.errors)).toBe(true);
      expect(parseEvent(each, now)).toMatchObject({ ok: true });
    }),
  );
});

/** Every place in a value, by its path. */
function placesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => placesOf(each, [...path, key]))];
}

function replaced(value: unknown, [step, ...rest]: (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  if (rest.length === 0 && by === undefined) delete copy[step];
  else copy[step] = replaced(copy[step], rest, by);
  return copy;
}

test("one thing spoiled anywhere: the schema and the product agree whether it can be taken", () => {
  const spoiled = fc.constantFrom<unknown>(
    undefined,
    null,
    "",
    "x",
    "a\u0000b",
    -1,
    1.5,
    2 ** 53,
    true,
    [],
    {},
    "x".repeat(256),
    " x",
    "x ",
    "..",
    "x\ufffe",
    "x".repeat(2_049),
    "2026-11-22",
  );
  fc.assert(
    fc.property(event, fc.nat(), spoiled, (each, at, by) => {
      const places = placesOf(each).filter((path) => path.length > 0);
      const path = places[at % places.length] as (string | number)[];
      // A removed entry of a list leaves a hole that JSON has no word for.
      fc.pre(
        !(
          by === undefined &&
          Array.isArray(
            path.slice(0, -1).reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], each),
          )
        ),
      );
      const after = replaced(each, path, by);
      expect([accepts(after), after]).toEqual([parseEvent(after, now).ok, after]);
    }),
    { numRuns: 2_000 },
  );
});
