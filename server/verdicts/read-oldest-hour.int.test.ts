import { afterEach, expect, test } from "vitest";
import { ensurePartitions } from "#server/db/partitions.ts";
import { createTestDatabase } from "#test/database.ts";
import { readOldestHour } from "./read-oldest-hour.ts";

const { TZ } = process.env;

afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

test("the oldest month begins in UTC, whatever the process's time zone", async () => {
  process.env.TZ = "America/New_York";
  const { database, drop } = await createTestDatabase();
  expect(await readOldestHour(database.sql)).toBeNull();
  await ensurePartitions(database, [new Date("2026-09-14T07:00:00Z"), new Date("2026-10-01T00:00:00Z")]);
  expect(await readOldestHour(database.sql)).toEqual(new Date("2026-09-01T00:00:00Z"));
  await drop();
});
