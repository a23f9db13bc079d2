import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { until } from "#test/until.ts";
import { openDatabase } from "./database.ts";
import { enforceRetention } from "./enforce-retention.ts";
import { ensurePartitions, factTables } from "./partitions.ts";
import { readFactsKeptFrom } from "./read-facts-kept-from.ts";

let scratch: TestDatabase;
beforeEach(async () => {
  scratch = await createTestDatabase();
});
afterEach(() => scratch.drop());

async function readPartitions(parent: string): Promise<string[]> {
  const { rows } = await scratch.database.sql.query<{ name: string }>(
    `SELECT child.relname AS name FROM pg_inherits i JOIN pg_class child ON child.oid = i.inhrelid
      WHERE i.inhparent = $1::regclass ORDER BY 1`,
    [parent],
  );
  return rows.map((row) => row.name);
}

test("an hour's month gets its partitions once, also when several processes want them at once", async () => {
  const others = [1, 2, 3].map(() => openDatabase(scratch.url));
  await Promise.all(others.map((database) => ensurePartitions(database, [new Date("2026-11-30T23:00:00Z")])));
  await Promise.all(others.map((database) => database.close()));
  expect(await readPartitions("report")).toEqual(["report_2026_11"]);
  expect(await readPartitions("verdict_revision")).toEqual(["verdict_revision_2026_11"]);
});

test("counts that grow have room for their next version in their page", async () => {
  const { sql } = scratch.database;
  await ensurePartitions(scratch.database, [new Date("2026-11-30T23:00:00Z")]);
  const count = (events: number) =>
    sql.query(
      `INSERT INTO report AS old (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, epoch, events)
       SELECT 1, '2026-11-30T23:00Z', 1, 1, reporter, '2026-11-30T23:00Z', 0, $1 FROM generate_series(1, 10) reporter
       ON CONFLICT (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour) DO UPDATE SET events = excluded.events`,
      [events],
    );
  const pages = async () =>
    (await sql.query("SELECT count(DISTINCT (ctid::text::point)[0])::int AS pages FROM report WHERE event_type_id = 1"))
      .rows;
  await count(1);
  await sql.query(
    `INSERT INTO report (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, epoch, events)
     SELECT 2, '2026-11-30T23:00Z', 1, 1, reporter, '2026-11-30T23:00Z', 0, 1 FROM generate_series(1, 500) reporter`,
  );
  await count(2);
  expect(await pages()).toEqual([{ pages: 1 }]);
});

test("a month is dropped after its end in UTC, whatever the database's time zone", async () => {
  await scratch.database.sql.query(`ALTER DATABASE ${scratch.name} SET timezone = 'America/New_York'`);
  const database = openDatabase(scratch.url);
  await ensurePartitions(database, [new Date("2026-02-15T00:00:00Z"), new Date("2026-03-15T00:00:00Z")]);
  // New York's month from 28 February, 19:00 ends on 28 March.
  const dropped = await enforceRetention(database, {
    factsBefore: new Date("2026-03-30T00:00:00Z"),
    verdictsBefore: null,
    rejectedBefore: new Date("2026-01-01T00:00:00Z"),
    rejectedBytes: 1_000_000,
  });
  expect(dropped.sort()).toEqual([
    "hour_marker_2026_02",
    "lane_total_2026_02",
    "produced_hour_2026_02",
    "report_2026_02",
    "report_packed_2026_02",
  ]);
  await database.close();
});

test("retention drops whole months of facts, keeps verdicts that are kept longer, and the newest watermark step", async () => {
  const { database } = scratch;
  await ensurePartitions(
    database,
    ["2026-08-31T23:00:00Z", "2026-09-01T00:00:00Z", "2026-11-30T23:00:00Z"].map((hour) => new Date(hour)),
  );
  await database.sql.query(
    `INSERT INTO closing_step VALUES (1, 1, '2026-08-01Z', '2026-08-01Z'), (1, 1, '2026-08-02Z', '2026-08-02Z'),
                                     (2, 1, '2026-08-01Z', '2026-08-01Z')`,
  );
  const dropped = await enforceRetention(database, {
    factsBefore: new Date("2026-09-01T00:00:00Z"),
    verdictsBefore: new Date("2026-08-31T00:00:00Z"),
    rejectedBefore: new Date("2026-08-31T00:00:00Z"),
    rejectedBytes: 1_000_000,
  });
  expect(dropped.sort()).toEqual([
    "hour_marker_2026_08",
    "lane_total_2026_08",
    "produced_hour_2026_08",
    "report_2026_08",
    "report_packed_2026_08",
  ]);
  expect(await readPartitions("verdict")).toEqual(["verdict_2026_08", "verdict_2026_09", "verdict_2026_11"]);
  const { rows } = await database.sql.query("SELECT event_type_id, closed_through FROM closing_step ORDER BY 1");
  expect(rows).toEqual([
    { event_type_id: 1, closed_through: new Date("2026-08-02T00:00:00Z") },
    { event_type_id: 2, closed_through: new Date("2026-08-01T00:00:00Z") },
  ]);
  // A month that was dropped can be asked for again.
  await ensurePartitions(database, [new Date("2026-08-15T00:00:00Z")]);
  expect(await readPartitions("report")).toContain("report_2026_08");
});

test("years of months are made without more locks than one month needs", async () => {
  const { database } = scratch;
  let most = 0;
  let making = true;
  const watching = (async () => {
    while (making) {
      const { rows } = await database.sql.query<{ locks: number }>(
        `SELECT count(*)::int AS locks FROM pg_locks l JOIN pg_database d ON d.oid = l.database
          WHERE d.datname = current_database() AND l.mode = 'AccessExclusiveLock'`,
      );
      most = Math.max(most, rows[0]?.locks ?? 0);
    }
  })();
  await ensurePartitions(
    database,
    Array.from({ length: 24 }, (_, month) => new Date(Date.UTC(1990, month))),
  );
  making = false;
  await watching;
  expect(await readPartitions("report")).toContain("report_1991_12");
  // Seven tables with their indexes and wide columns.
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(100);
});

test("imported history is kept from its import, with everything of its time, and goes after that", async () => {
  const { database } = scratch;
  await ensurePartitions(database, [new Date("2001-01-15T00:00:00Z")], new Date("2026-11-22T00:00:00Z"));
  await ensurePartitions(database, [new Date("2024-05-15T00:00:00Z")], new Date("2024-03-15T00:00:00Z"));
  await database.sql.query(
    `INSERT INTO deployment (source, event_id, component, version, deployed_at) VALUES ('s', '1', 'c', '1', '2001-01-10Z'), ('s', '2', 'c', '2', '2000-01-10Z')`,
  );
  const sweep = (now: string, days: number) => {
    const cut = new Date(Date.parse(now) - days * 86_400_000);
    return enforceRetention(database, {
      factsBefore: cut,
      verdictsBefore: cut,
      rejectedBefore: cut,
      rejectedBytes: 1_000_000,
    });
  };
  const first = await sweep("2026-11-30T00:00:00Z", 400);
  expect(first).toContain("report_2024_05");
  expect(first.filter((name) => name.endsWith("2001_01"))).toEqual([]);
  const left = () => database.sql.query("SELECT version FROM deployment").then(({ rows }) => rows);
  expect(await left()).toEqual([{ version: "1" }]);
  // Facts that come later for hours before the end of what went are refused.
  expect(await readFactsKeptFrom(database.sql)).toEqual(new Date("2024-06-01T00:00:00Z"));
  const second = await sweep("2028-01-15T00:00:00Z", 400);
  expect(second).toContain("verdict_2001_01");
  expect(await left()).toEqual([]);
});

test("rejected messages go by their bytes, the oldest first", async () => {
  await scratch.database.sql.query(
    `INSERT INTO rejected_message (source, received_at, reason, faults, payload, payload_bytes)
     SELECT 'pubsub', now(), i::text, '[]', convert_to(repeat('x', 9500), 'UTF8'), 9500 FROM generate_series(1, 20) i`,
  );
  const cut = new Date("2020-01-01T00:00:00Z");
  await enforceRetention(scratch.database, {
    factsBefore: null,
    verdictsBefore: null,
    rejectedBefore: cut,
    rejectedBytes: 55_000,
  });
  const { rows } = await scratch.database.sql.query("SELECT reason FROM rejected_message ORDER BY id");
  expect(rows.map(({ reason }) => reason)).toEqual(["16", "17", "18", "19", "20"]);
});

describe("a month that is dropped", () => {
  const keepNothingBefore = (hour: string) => ({
    factsBefore: new Date(hour),
    verdictsBefore: null,
    rejectedBefore: new Date("2020-01-01T00:00:00Z"),
    rejectedBytes: 1_000_000,
  });

  test("waits for who reads it, and holds up no one who comes meanwhile", async () => {
    await ensurePartitions(scratch.database, [new Date("2025-01-01T00:00:00Z"), new Date("2026-11-01T00:00:00Z")]);
    const reading = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const reader = scratch.database.transaction(async (tx) => {
      await tx.query("SELECT FROM report WHERE hour < '2025-02-01Z'");
      opened.resolve();
      await reading.promise;
    });
    await opened.promise;
    const dropping = enforceRetention(scratch.database, keepNothingBefore("2025-06-01T00:00:00Z"));
    await until("it waits for the reader", async () => {
      const { rowCount } = await scratch.database.sql.query(
        "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%CONCURRENTLY'",
      );
      return rowCount === 1;
    });
    // Would wait behind a plain DROP TABLE.
    await scratch.database.sql.query("SELECT FROM report WHERE hour >= '2026-11-01Z'");
    reading.resolve();
    await reader;
    expect(await dropping).toContain("report_2025_01");
  });

  test("is dropped by the next turn when the one before was cut short", async () => {
    await ensurePartitions(scratch.database, [new Date("2025-01-01T00:00:00Z")]);
    await scratch.database.sql.query("ALTER TABLE report DETACH PARTITION partitions.report_2025_01");
    const reading = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const reader = scratch.database.transaction(async (tx) => {
      await tx.query("SELECT FROM hour_marker");
      opened.resolve();
      await reading.promise;
    });
    await opened.promise;
    const impatient = openDatabase(`${scratch.url}?query_timeout=500`, { maxConnections: 1 });
    await expect(
      impatient.sql.query("ALTER TABLE hour_marker DETACH PARTITION partitions.hour_marker_2025_01 CONCURRENTLY"),
    ).rejects.toThrow();
    await impatient.close();
    await scratch.database.sql.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE hour_marker%'",
    );
    reading.resolve();
    await reader;
    const { rows } = await scratch.database.sql.query("SELECT FROM pg_inherits WHERE inhdetachpending");
    expect(rows).toHaveLength(1);
    expect(await enforceRetention(scratch.database, keepNothingBefore("2025-06-01T00:00:00Z"))).toEqual(
      factTables.map((table) => `${table}_2025_01`).sort(),
    );
  });
});
