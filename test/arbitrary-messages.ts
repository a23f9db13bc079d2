import fc from "fast-check";
import { addHours } from "#domain/hour.ts";

export interface MessageScope {
  /** Hours and times lie within the six hours from here. */
  from: Date;
  datacenters: readonly string[];
  eventTypes: readonly string[];
}

/** Arbitrary messages about six hours from two reporters, so that their keys often collide. */
export function arbitraryMessages({ from, datacenters, eventTypes }: MessageScope) {
  const hour = fc.integer({ min: 0, max: 5 }).map((offset) => addHours(from, offset));
  const minute = fc.integer({ min: 0, max: 380 }).map((minutes) => new Date(from.getTime() + minutes * 60_000));
  const envelope = { source: fc.constant("/test"), id: fc.uuid(), time: minute };
  const dc = fc.constantFrom(...datacenters);
  const eventType = fc.constantFrom(...eventTypes);
  const counters = fc.record({
    kind: fc.constant("counters" as const),
    ...envelope,
    dc: fc.constantFrom(...datacenters, "unclaimed"),
    stage: fc.constantFrom("produced" as const, "published" as const, "delivered" as const),
    reporter: fc.constantFrom("r1", "r2"),
    epoch: fc.integer({ min: 0, max: 2 }),
    final: fc.boolean(),
    reports: fc.array(
      fc.record({
        eventType: fc.constantFrom(...eventTypes, "Unclaimed"),
        hour,
        landedHour: hour,
        events: fc.integer({ min: 0, max: 9 }),
        bytes: fc.option(fc.integer({ min: 0, max: 9 })),
        malformed: fc.constant(null),
      }),
      { maxLength: 6 },
    ),
  });
  const watermarks = fc.record({
    kind: fc.constant("watermark" as const),
    ...envelope,
    dc,
    marks: fc.array(fc.record({ eventType, watermark: minute }), { maxLength: 4 }),
  });
  const markers = fc.record({
    kind: fc.constant("hour-closed" as const),
    ...envelope,
    dc,
    marks: fc.array(fc.record({ eventType, hour, location: fc.option(fc.string()) }), { maxLength: 3 }),
  });
  return { hour, minute, counters, message: fc.oneof(counters, watermarks, watermarks, markers) };
}
