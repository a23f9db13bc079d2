import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { dropPartitionsBefore } from "#server/db/drop-partitions.ts";
import { ensurePartitions, factTables } from "#server/db/partitions.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { closeDatabase, createCitusDatabase } from "#test/citus.ts";
import { hasCitus, needsCitus } from "#test/citus-installed.ts";
import { findDistributed } from "./find-distributed.ts";
import { placeTables } from "./place-tables.ts";
import { distributedTables } from "./placements.ts";

const hour = new Date("2026-11-22T12:00:00Z");

describe.skipIf(!hasCitus)("placeTables", needsCitus, () => {
  const name = `place_${randomBytes(6).toString("hex")}`;
  let nodes: string[];
  let database: Database;

  const onNode = async <Row extends pg.QueryResultRow>(url: string, statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<Row>(statement);
    await client.end();
    return rows;
  };

  beforeAll(async () => {
    nodes = [inject("postgresUrl"), ...inject("citusWorkers")];
    await createCitusDatabase(nodes, name);
    database = openDatabase(`${nodes[0]}/${name}`);
    await migrateDatabase(database.directUrl);
    await ensurePartitions(database, [hour]);
    await database.sql.query(
      `INSERT INTO report (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, epoch, events)
       SELECT type, $1, 1, 1, 1, $1, 0, 10 FROM generate_series(1, 50) type`,
      [hour],
    );
  });
  afterAll(async () => {
    await database.close();
    await Promise.all(nodes.map((node) => closeDatabase(node, name)));
    for (const node of nodes) await onNode(`${node}/postgres`, `DROP DATABASE ${name} WITH (FORCE)`);
  });

  test("distributes a database that is in use, its rows and months included, once", async () => {
    expect(await placeTables(database.directUrl, "citus")).toEqual([...distributedTables]);
    expect(await placeTables(database.directUrl, "citus")).toEqual([]);
    expect([...(await findDistributed(database.sql))].sort()).toEqual([...distributedTables].sort());
    const { rows } = await database.sql.query("SELECT count(*)::int AS rows, sum(events)::int AS events FROM report");
    expect(rows).toEqual([{ rows: 50, events: 500 }]);
    const { rows: spread } = await database.sql.query(
      "SELECT count(DISTINCT nodename || nodeport)::int AS nodes FROM citus_shards WHERE table_name = 'report'::regclass",
    );
    expect(spread).toEqual([{ nodes: nodes.length - 1 }]);
  });

  test("a later session writes shards in order, and a month that comes later is distributed with its table", async () => {
    await onNode(database.directUrl, "SELECT 1");
    expect(await onNode(database.directUrl, "SHOW citus.multi_shard_modify_mode")).toEqual([
      { "citus.multi_shard_modify_mode": "sequential" },
    ]);
    await ensurePartitions(database, [new Date("2027-01-01T00:00:00Z")]);
    const { rows } = await database.sql.query(
      "SELECT count(*)::int AS shards FROM citus_shards WHERE table_name = 'partitions.report_2027_01'::regclass",
    );
    expect(rows).toEqual([{ shards: 4 }]);
  });

  test("a month past its retention is dropped on every node", async () => {
    const dropped = await dropPartitionsBefore(database, factTables, new Date("2026-12-01T00:00:00Z"));
    expect(dropped).toContain("report_2026_11");
    expect(await database.sql.query("SELECT FROM report")).toMatchObject({ rowCount: 0 });
    for (const node of nodes) {
      const left = "SELECT relname FROM pg_class WHERE relname LIKE 'report\\_2026\\_11%' AND relkind = 'r'";
      expect(await onNode(`${node}/${name}`, left)).toEqual([]);
    }
  });

  test("refuses a database that is distributed when the setting does not say so", async () => {
    await expect(placeTables(database.directUrl, null)).rejects.toThrow("Set TIDEMARK_DATABASE_DISTRIBUTED=citus");
  });
});
