import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { openDatabase } from "./database.ts";
import { ensurePartitions } from "./partitions.ts";
import { migrateDatabase } from "./schema-engine.ts";

const allMigrations = join(import.meta.dirname, "../../prisma/migrations");
let name: string;
let url: string;

beforeEach(async () => {
  name = `migrate_${randomBytes(6).toString("hex")}`;
  url = `${inject("postgresUrl")}/${name}`;
  await run(`${inject("postgresUrl")}/postgres`, `CREATE DATABASE ${name}`);
});

afterEach(async () => {
  await run(`${inject("postgresUrl")}/postgres`, `DROP DATABASE ${name} WITH (FORCE)`);
});

test("a database whose datacenter ids were used up keeps its facts, in every partition, and takes in more datacenters", async () => {
  await migrateBefore("20261128100301_integer_datacenter_ids");
  await createPartitionsAsThen();
  await run(
    url,
    `INSERT INTO datacenter (id, name, discovered_at) VALUES (32767, 'last', now());
     SELECT setval('datacenter_id_seq', 32767);
     INSERT INTO report (hour, landed_hour, epoch, events, event_type_id, reporter_id, datacenter_id, stage)
     VALUES ('2026-11-01T00:00Z', '2026-11-01T00:00Z', 0, 7, 1, 1, 32767, 1)`,
  );

  await migrateDatabase(url);

  expect(await run(url, "SELECT datacenter_id, events FROM report")).toEqual([{ datacenter_id: 32767, events: "7" }]);
  expect(
    await run(
      url,
      `SELECT table_schema, table_name FROM information_schema.columns
        WHERE (column_name = 'datacenter_id' OR (table_name = 'datacenter' AND column_name = 'id')) AND data_type <> 'integer'`,
    ),
  ).toEqual([]);
  expect(await run(url, "INSERT INTO datacenter (name, discovered_at) VALUES ('next', now()) RETURNING id")).toEqual([
    { id: 32768 },
  ]);
  const after = openDatabase(url, { applicationName: "tidemark test" });
  // A month that is created afterwards fits its parent.
  await ensurePartitions(after, [new Date("2026-12-01T00:00:00Z")]);
  await after.close();
});

test("names of before are normalised where no other name stands in their way", async () => {
  await migrateBefore("20261128100514_normalised_names");
  await run(
    url,
    `INSERT INTO event_type (name, discovered_at, datacenters) VALUES
       (U&'Cafe\\0301', now(), ARRAY[U&'Zu\\0308rich', 'ams']), (U&'Twin e\\0301', now(), '{}'), (U&'Twin \\00e9', now(), '{}');
     INSERT INTO datacenter (name, discovered_at) VALUES (U&'Zu\\0308rich', now()), ('ams', now());
     INSERT INTO reporter (name) VALUES (U&'re\\0301'), (U&'n\\0303'), (U&'\\00f1');`,
  );
  await migrateDatabase(url);
  expect(await run(url, "SELECT name, datacenters FROM event_type ORDER BY id")).toEqual([
    { name: "Caf\u00e9", datacenters: ["Z\u00fcrich", "ams"] },
    { name: "Twin e\u0301", datacenters: [] },
    { name: "Twin \u00e9", datacenters: [] },
  ]);
  expect(await run(url, "SELECT name FROM datacenter ORDER BY id")).toEqual([{ name: "Z\u00fcrich" }, { name: "ams" }]);
  expect(await run(url, "SELECT name FROM reporter ORDER BY id")).toEqual([
    { name: "r\u00e9" },
    { name: "n\u0303" },
    { name: "\u00f1" },
  ]);
});

async function migrateBefore(migrationName: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-migrations-"));
  for (const entry of await readdir(allMigrations)) {
    if (entry < migrationName || entry.endsWith(".toml")) {
      await cp(join(allMigrations, entry), join(folder, entry), { recursive: true });
    }
  }
  await migrateDatabase(url, folder);
  await rm(folder, { recursive: true });
}

/** The partitions that the product of that time would have made: of the tables that existed then. */
async function createPartitionsAsThen(): Promise<void> {
  for (const table of ["report", "report_packed", "produced_hour", "hour_marker"]) {
    await run(url, `CREATE TABLE partitions.${table}_2026_11 (LIKE public.${table} INCLUDING ALL)`);
    await run(
      url,
      `ALTER TABLE public.${table} ATTACH PARTITION partitions.${table}_2026_11
         FOR VALUES FROM ('2026-11-01T00:00:00.000Z') TO ('2026-12-01T00:00:00.000Z')`,
    );
  }
}

async function run(connectionString: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const result: unknown = await client.query(statement);
    return (Array.isArray(result) ? result.at(-1) : (result as pg.QueryResult)).rows;
  } finally {
    await client.end();
  }
}
