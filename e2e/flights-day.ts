import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { flightsCatalogFile, readFlightEvents } from "#test/flights.ts";

// A day of real lateness (test/fixtures/README.md), shifted to the drill's clock: hours that closed well past their
// deadline, and at 13:20 none that is open past it.
const from = Date.parse("2001-01-19T00:00:00Z");
const to = Date.parse("2001-01-20T13:20:00Z");
const shiftMs = Date.parse("2026-11-20T00:00:00Z") - Date.parse("2001-01-20T00:00:00Z");

interface FlightEvent {
  time: string;
  data: { reports?: { hour: string }[]; marks?: { watermark: string }[] };
}

export const flightDatacenters = ["northeast", "midwest", "south-atlantic", "south-central", "west"];

export function flightsDay(): unknown[] {
  return (readFlightEvents() as FlightEvent[])
    .filter(({ time }) => Date.parse(time) >= from && Date.parse(time) <= to)
    .map((event) => ({ ...event, time: moveInstant(event.time), data: moveData(event.data) }));
}

/** The flights' own catalogue, shifted likewise. Their types list their own datacenters, not the fleet's. */
export function flightsCatalogue(): unknown[] {
  return parseAllDocuments(readFileSync(flightsCatalogFile, "utf8")).map((document) => {
    const entry = document.toJS() as { kind: string; spec: Record<string, unknown> };
    const spec = { ...entry.spec, activeFrom: moveHour("2001-01-19T00"), activeTo: undefined };
    return { ...entry, spec: entry.kind === "EventType" ? { ...spec, datacenters: flightDatacenters } : spec };
  });
}

function moveData(data: FlightEvent["data"]): FlightEvent["data"] {
  const { reports, marks } = data;
  return {
    ...data,
    ...(reports && { reports: reports.map((report) => ({ ...report, hour: moveHour(report.hour) })) }),
    ...(marks && { marks: marks.map((mark) => ({ ...mark, watermark: moveInstant(mark.watermark) })) }),
  };
}

function moveInstant(instant: string): string {
  return new Date(Date.parse(instant) + shiftMs).toISOString();
}

function moveHour(hour: string): string {
  return moveInstant(`${hour}:00:00Z`).slice(0, 13);
}
