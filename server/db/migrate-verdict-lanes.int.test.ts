import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrateDatabase } from "./schema-engine.ts";

const migration = "20261128103501_verdict_lanes";
const name = `migrate_${randomBytes(6).toString("hex")}`;
const url = `${inject("postgresUrl")}/${name}`;
let folder: string;
let client: pg.Client;

/** A database as it stood before, in another time zone, with hours of two months. */
beforeAll(async () => {
  await onServer(`CREATE DATABASE ${name}`);
  await onServer(`ALTER DATABASE ${name} SET timezone = 'Asia/Kolkata'`);
  const all = join(import.meta.dirname, "../../prisma/migrations");
  folder = await mkdtemp(join(tmpdir(), "tidemark-migrations-"));
  await cp(all, folder, { recursive: true });
  for (const each of await readdir(folder)) {
    if (each >= migration && each !== "migration_lock.toml") await rm(join(folder, each), { recursive: true });
  }
  await migrateDatabase(url, folder);
  client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(filled);
  await migrateDatabase(url);
});
afterAll(async () => {
  await client.end();
  await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  await rm(folder, { recursive: true });
});

// The second hour was closed by a clock of 1970; its produced count passes bigint. The third was created and never judged.
const filled = `
INSERT INTO datacenter (name, discovered_at) VALUES ('east', now()), ('west "of" here', now());
INSERT INTO event_type (name, discovered_at) VALUES ('EndSong', now());
CREATE TABLE partitions.verdict_2026_10 (LIKE verdict INCLUDING ALL);
ALTER TABLE verdict ATTACH PARTITION partitions.verdict_2026_10 FOR VALUES FROM ('2026-10-01Z') TO ('2026-11-01Z');
CREATE TABLE partitions.verdict_2026_11 (LIKE verdict INCLUDING ALL);
ALTER TABLE verdict ATTACH PARTITION partitions.verdict_2026_11 FOR VALUES FROM ('2026-11-01Z') TO ('2026-12-01Z');
CREATE TABLE partitions.verdict_revision_2026_10 (LIKE verdict_revision INCLUDING ALL);
ALTER TABLE verdict_revision ATTACH PARTITION partitions.verdict_revision_2026_10 FOR VALUES FROM ('2026-10-01Z') TO ('2026-11-01Z');
INSERT INTO verdict (event_type_id, hour, state, revision, closed_at, deadline_at, evidence) VALUES
  (1, '2026-10-31T23:00Z', 'incomplete', 2, '2026-11-01T00:20:00.123Z', '2026-11-01T02:00Z',
   '[["east", 1793492400123, 1793491200001, 1, 10, 10, 7], ["west \\"of\\" here", 1793491800000, null, 0, null, null, 4]]'),
  (1, '2026-11-01T00:00Z', 'complete', 1, '1970-01-01T00:00Z', '2026-11-01T03:00Z',
   '[["east", 0, 1793491200001, 1, "9223372036854775900", 9007199254740991, "9223372036854775900"]]'),
  (1, '2026-11-01T01:00Z', 'open', 0, NULL, '2026-11-01T04:00Z', '[]');
INSERT INTO verdict_revision SELECT hour, event_type_id, revision, now(), state, amended, closed_at, deadline_at, produced, delivered,
  lost, duplicated, skewed, known, evidence FROM verdict WHERE hour = '2026-10-31T23:00Z';
INSERT INTO verdict_revision SELECT hour - interval '2 hours', event_type_id, revision, now(), state, amended, closed_at, deadline_at,
  produced, delivered, lost, duplicated, skewed, known, evidence FROM verdict WHERE hour = '2026-11-01T00:00Z';`;

test("every tuple became a row, in the partition of its month", async () => {
  expect(
    await read(
      `SELECT tableoid::regclass::text AS part, datacenter_id, closed_at, watermark, known, produced, published, delivered
         FROM verdict_lane ORDER BY hour, datacenter_id`,
    ),
  ).toEqual([
    {
      part: "partitions.verdict_lane_2026_10",
      datacenter_id: 1,
      closed_at: new Date("2026-11-01T00:20:00.123Z"),
      watermark: new Date("2026-11-01T00:00:00.001Z"),
      known: true,
      produced: "10",
      published: "10",
      delivered: "7",
    },
    {
      part: "partitions.verdict_lane_2026_10",
      datacenter_id: 2,
      closed_at: new Date("2026-11-01T00:10:00Z"),
      watermark: null,
      known: false,
      produced: null,
      published: null,
      delivered: "4",
    },
    {
      part: "partitions.verdict_lane_2026_11",
      datacenter_id: 1,
      closed_at: new Date("2026-11-01T01:00:00Z"),
      watermark: new Date("2026-11-01T00:00:00.001Z"),
      known: true,
      produced: "9223372036854775807",
      published: "9007199254740991",
      delivered: "9223372036854775807",
    },
  ]);
});

test("lost and duplicated follow from the counts, and not from one that is unknown", async () => {
  expect(await read("SELECT datacenter, lost, duplicated FROM lane_figures ORDER BY hour, datacenter_id")).toEqual([
    { datacenter: "east", lost: "3", duplicated: "0" },
    { datacenter: 'west "of" here', lost: "0", duplicated: "0" },
    { datacenter: "east", lost: "0", duplicated: "0" },
  ]);
});

test("no verdict was closed before its hour's end", async () => {
  expect(await read("SELECT closed_at FROM verdict ORDER BY hour")).toEqual([
    { closed_at: new Date("2026-11-01T00:20:00.123Z") },
    { closed_at: new Date("2026-11-01T01:00:00Z") },
    { closed_at: null },
  ]);
});

test("revisions name what they hold, instants as text that any time zone reads alike", async () => {
  const rows = (await read("SELECT closed_at, lanes FROM verdict_revision ORDER BY hour")) as {
    closed_at: Date;
    lanes: { closedAt: string; watermark: string }[];
  }[];
  expect(rows.map(({ closed_at }) => closed_at)).toEqual([
    new Date("2026-10-31T23:00:00Z"),
    new Date("2026-11-01T00:20:00.123Z"),
  ]);
  const [clamped, kept] = rows.map(({ lanes }) =>
    lanes.map((lane) => ({
      ...lane,
      closedAt: new Date(lane.closedAt),
      watermark: lane.watermark && new Date(lane.watermark),
    })),
  );
  expect(clamped).toEqual([
    {
      name: "east",
      closedAt: new Date("2026-10-31T23:00:00Z"),
      watermark: new Date("2026-11-01T00:00:00.001Z"),
      known: true,
      produced: "9223372036854775900",
      published: 9007199254740991,
      delivered: "9223372036854775900",
    },
  ]);
  expect(kept).toEqual([
    {
      name: "east",
      closedAt: new Date("2026-11-01T00:20:00.123Z"),
      watermark: new Date("2026-11-01T00:00:00.001Z"),
      known: true,
      produced: 10,
      published: 10,
      delivered: 7,
    },
    {
      name: 'west "of" here',
      closedAt: new Date("2026-11-01T00:10:00Z"),
      watermark: null,
      known: false,
      produced: null,
      published: null,
      delivered: 4,
    },
  ]);
});

async function read(statement: string): Promise<unknown[]> {
  return (await client.query(statement)).rows;
}

async function onServer(statement: string): Promise<void> {
  const server = new pg.Client({ connectionString: `${inject("postgresUrl")}/postgres` });
  await server.connect();
  await server.query(statement);
  await server.end();
}
