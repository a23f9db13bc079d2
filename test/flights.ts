import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Sql } from "#server/db/database.ts";

// A month of real lateness (see test/fixtures/README.md) and what an independent program computed from it.
const folder = join(import.meta.dirname, "fixtures/flights");
export const flightsCatalogFile = join(folder, "catalog.yaml");
export const flightsMessagesFile = join(folder, "flights-2001-01.jsonl.gz");

export interface ExpectedHour {
  eventType: string;
  hour: string;
  produced: number;
  delivered: number;
  closedAt: string;
  closingDelaySeconds: number;
  lastDatacenter: string;
}

export function readFlightEvents(): unknown[] {
  return gunzipSync(readFileSync(flightsMessagesFile))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

export function readExpectedHours(): ExpectedHour[] {
  const [, ...lines] = readFileSync(join(folder, "flights-2001-01.expected.csv"), "utf8").trim().split("\n");
  return lines.map((line) => {
    const [eventType = "", hour = "", produced, delivered, closedAt = "", delay, lastDatacenter = ""] = line.split(",");
    return {
      eventType,
      hour,
      produced: Number(produced),
      delivered: Number(delivered),
      closedAt,
      closingDelaySeconds: Number(delay),
      lastDatacenter,
    };
  });
}

/** January's verdicts as stored, in the order and shape of readExpectedHours, with their states. */
export async function readJanuaryVerdicts(sql: Sql) {
  const { rows } = await sql.query<{
    eventType: string;
    hour: string;
    state: string;
    produced: bigint;
    delivered: bigint;
    closedAt: Date | null;
  }>(
    `SELECT t.name AS "eventType", to_char(v.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24') AS hour, v.state,
            v.produced, v.delivered, v.closed_at AS "closedAt"
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id
      WHERE v.hour < '2001-02-01Z' ORDER BY v.hour, t.name COLLATE "C"`,
  );
  return rows.map((row) => ({
    eventType: row.eventType,
    hour: row.hour,
    produced: Number(row.produced),
    delivered: Number(row.delivered),
    closedAt: row.closedAt?.toISOString().replace(".000Z", "Z") ?? null,
    closingDelaySeconds:
      row.closedAt === null ? null : (row.closedAt.getTime() - Date.parse(`${row.hour}:00:00Z`)) / 1000 - 3600,
    state: row.state,
  }));
}

/** The expected result of readJanuaryVerdicts once everything is ingested. */
export function expectedVerdicts() {
  return readExpectedHours()
    .map(({ lastDatacenter: _, ...hour }) => ({ ...hour, state: "complete" }))
    .sort((a, b) => (a.hour === b.hour ? compare(a.eventType, b.eventType) : compare(a.hour, b.hour)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
