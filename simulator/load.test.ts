import { describe, expect, it } from "vitest";
import { parseHour } from "#domain/hour.ts";
import { parseEvent } from "#domain/protocol.ts";
import { counterLoad, type LoadTerms } from "./load.ts";
import type { CloudEvent, ReportData } from "./messages.ts";

const at = new Date("2026-11-22T14:00:00Z");
const terms: LoadTerms = {
  reportsPerMessage: 70,
  lastHour: parseHour("2026-11-22T13")!,
  hours: 24,
  eventTypes: ["A", "B", "C", "D", "E", "F", "G", "H", "I"],
  datacenters: ["lon", "ash"],
  at,
};

function take(count: number, from: LoadTerms): CloudEvent[] {
  return counterLoad(from).take(count).toArray();
}

function keysOf({ data }: CloudEvent): string[] {
  const { dc, stage, reporter, reports } = data as unknown as Record<string, string> & { reports: ReportData[] };
  return reports.map(({ eventType, hour }) => [dc, stage, reporter, eventType, hour].join(" "));
}

describe("the load", () => {
  it("has so many reports a message, and no key twice", () => {
    const messages = take(100, terms);
    const keys = messages.flatMap(keysOf);
    expect(keys.length).toBe(7_000);
    expect(new Set(keys).size).toBe(7_000);
    expect(new Set(messages.map(({ source, id }) => source + id)).size).toBe(100);
  });

  it("is understood by the product", () => {
    for (const message of take(20, terms)) expect(parseEvent(message, at)).toMatchObject({ ok: true });
  });

  it("updates the same keys in a second pass with larger counts", () => {
    const again = take(30, { ...terms, events: 2_000 });
    expect(again.map(keysOf)).toEqual(take(30, terms).map(keysOf));
    expect(again[0]!.id).not.toBe(take(1, terms)[0]!.id);
  });

  it("says what is missing when the keys do not suffice", () => {
    expect(() => take(1, { ...terms, hours: 2 })).toThrow("2 hours of 9 types make 18 keys, too few for 70 reports");
  });
});
