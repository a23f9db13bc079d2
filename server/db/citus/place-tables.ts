import { type Sql, sqlOf } from "../database.ts";
import { Session } from "../session.ts";
import { findDistributed } from "./find-distributed.ts";
import { distributedTables, distributionColumn } from "./placements.ts";

/** Its holder distributes, all others wait. */
const placementLock = 7_265_002;

/**
 * Places the tables as `distributed` says, and returns those that it distributed now, their rows included; a table is locked while its rows
 * move. Call it after every migration. Throws a sentence where the database and the setting disagree.
 */
export async function placeTables(connectionString: string, distributed: "citus" | null): Promise<string[]> {
  const client = new Session({ connectionString, application_name: "tidemark migrate", work: "migrate" });
  await client.connect();
  const sql = sqlOf((statement, values) => client.query(statement, values as unknown[]));
  try {
    if (distributed === null) await requireUndistributed(sql);
    return distributed === null ? [] : await distributeTables(sql);
  } finally {
    await client.end();
  }
}

async function requireUndistributed(sql: Sql): Promise<void> {
  const found = await findDistributed(sql);
  if (distributedTables.some((table) => found.has(table))) {
    throw new Error(
      "Citus distributes the tables of the database at DATABASE_URL. Set TIDEMARK_DATABASE_DISTRIBUTED=citus, so that later migrations distribute theirs.",
    );
  }
}

async function distributeTables(sql: Sql): Promise<string[]> {
  await requireCluster(sql);
  // Moving the rows of a large table takes longer than any lock may be waited for.
  await sql.query("SET lock_timeout = 0");
  await sql.query("SELECT pg_advisory_lock($1)", [placementLock]);
  const found = await findDistributed(sql);
  const left = distributedTables.filter((table) => !found.has(table));
  for (const table of left) await distribute(sql, table);
  await orderShards(sql);
  return left;
}

async function requireCluster(sql: Sql): Promise<void> {
  const { rowCount: extensions } = await sql.query("SELECT FROM pg_extension WHERE extname = 'citus'");
  if (extensions === 0) {
    throw new Error(
      "TIDEMARK_DATABASE_DISTRIBUTED is citus, and the database at DATABASE_URL has no Citus. Run CREATE EXTENSION citus in it on every node, or unset the setting.",
    );
  }
  const { rowCount: nodes } = await sql.query(
    "SELECT FROM pg_dist_node WHERE noderole = 'primary' AND isactive AND shouldhaveshards",
  );
  if (nodes === 0) {
    throw new Error(
      "The Citus coordinator at DATABASE_URL knows no node that holds shards. Add one with SELECT citus_add_node('host', 5432), and start again.",
    );
  }
}

/** All in one group of shards, so that a type's rows are on one node. Rows that were there move, and their copies here are deleted. */
async function distribute(sql: Sql, table: (typeof distributedTables)[number]): Promise<void> {
  const [first] = distributedTables;
  await sql.query("SELECT create_distributed_table($1, $2, colocate_with => $3)", [
    `public.${table}`,
    distributionColumn,
    table === first ? "none" : `public.${first}`,
  ]);
  await sql.query("SELECT truncate_local_data_after_distributing_table($1)", [`public.${table}`]);
}

/**
 * A statement writes its shards one after the other, in the same order as every other writer. At once, two writers of the same lanes
 * would each hold the shard that the other waits for.
 */
async function orderShards(sql: Sql): Promise<void> {
  await sql.query(`DO $$ BEGIN
    EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET citus.multi_shard_modify_mode = sequential', current_database());
  END $$`);
}
