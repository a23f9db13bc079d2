import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import type { RevisionJson } from "#domain/api/verdict.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { flightsCatalogFile, readExpectedHours, readFlightEvents } from "#test/flights.ts";
import { until } from "#test/until.ts";
import { type Product, startProduct } from "./start-product.ts";

// Two days and a morning of January 2001 lived through by the whole product at 2,000 times the pace of life.
const startsAt = "2001-01-01T00:00:00Z";
const endsAt = "2001-01-03T09:00:00Z";
const promiseSeconds = 3_600;
let product: Product;
let folder: string;
let livedFrom: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-lived-"));
  const file = join(folder, "two-days.jsonl");
  const events = readFlightEvents().filter((event) => (event as { time: string }).time < endsAt);
  await writeFile(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  product = await startProduct({ TIDEMARK_CLOCK: `${startsAt} 2000x` });
  await product.tidemark("apply", "-f", flightsCatalogFile);
  // Hours pass in seconds: what began before the catalogue was there was not lived through from its start.
  livedFrom = formatHour(addHours(hourOf(new Date((await product.get<StatusJson>("/status")).now)), 6));
  await product.tidemark("replay", file, "--via", "http", "--follow-clock");
  await until("every hour is judged", async () => (await product.get<StatusJson>("/status")).dirtyHours === 0);
}, 300_000);
afterAll(async () => {
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("every hour goes open → closing → late → complete as its data say, and no other way", async () => {
  const lived = readExpectedHours().filter((hour) => hour.hour >= livedFrom && hour.closedAt < endsAt);
  expect(lived.length).toBeGreaterThan(100);
  const ways = new Map<string, number>();
  for (const expected of lived) {
    const { items } = await product.get<{ items: RevisionJson[] }>(
      `/event-types/${expected.eventType}/hours/${expected.hour}/revisions?limit=500`,
    );
    const way = items.map((revision) => revision.state);
    const last = items.at(-1);
    expect({ ...expected, way, closedAt: last?.closedAt, delay: last?.closingDelaySeconds }).toEqual({
      ...expected,
      way: wayOf(expected.closingDelaySeconds, way),
      closedAt: expected.closedAt,
      delay: expected.closingDelaySeconds,
    });
    const name = way.join(" → ");
    ways.set(name, (ways.get(name) ?? 0) + 1);
  }
  // All three ways were gone: on time at once, on time after waiting, and too late.
  expect([...ways.keys()].sort()).toEqual(
    expect.arrayContaining(["open → closing → complete", "open → closing → late → complete"]),
  );
});

/** The states that an hour with this delay must have had; the moments between two of them may be too short to be seen. */
function wayOf(delaySeconds: number, seen: string[]): string[] {
  if (delaySeconds > promiseSeconds) return ["open", "closing", "late", "complete"];
  // Closed at the very moment of its deadline: the message that says so may arrive when that moment is over.
  if (delaySeconds === promiseSeconds && seen.includes("late")) return ["open", "closing", "late", "complete"];
  // Closed at the hour's very end: the judge may find it closed already when it looks for the first time.
  return delaySeconds === 0 && !seen.includes("closing") ? ["open", "complete"] : ["open", "closing", "complete"];
}
