import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { closeDatabase } from "./citus.ts";

export interface TestDatabase {
  /** Once `database` is closed, others can be made as copies of it. */
  name: string;
  url: string;
  database: Database;
  /** Closes `database` and drops it; throws if something else is still connected, because that is a leak. */
  drop(): Promise<void>;
}

/** A fresh, migrated database for the calling test file: a clone of the run's template, unless another one is named. */
export async function createTestDatabase(
  template = inject("templateDatabase"),
  open: (url: string) => Promise<Database> = async (url) =>
    openDatabase(url, { applicationName: `tidemark test ${new URL(url).pathname.slice(1)}` }),
): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  // On Citus every node has a database of the same name, and shards are found by it.
  const servers = [server, ...inject("citusWorkers")];
  const name = `test_${randomBytes(6).toString("hex")}`;
  const onEach = (statement: string) =>
    Promise.all(servers.map((each) => onServer(each, (admin) => admin.query(statement))));
  if (servers.length > 1) await Promise.all(servers.map((each) => closeDatabase(each, template)));
  await onEach(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = `${server}/${name}`;
  const database = await open(url);
  return {
    name,
    url,
    database,
    async drop() {
      await database.close();
      const leaked = await onServer(server, (admin) => remainingSessions(admin, name));
      // One node's background process would connect to the others' databases again.
      if (servers.length > 1) await Promise.all(servers.map((each) => closeDatabase(each, name)));
      await onEach(`DROP DATABASE ${name} WITH (FORCE)`);
      if (leaked.length > 0) throw new Error(`The test left connections open: ${leaked.join("; ")}`);
    },
  };
}

/** A closed connection's backend lives on for some milliseconds: only what stays is a leak. */
async function remainingSessions(admin: pg.Client, name: string): Promise<string[]> {
  let sessions: string[] = [];
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { rows } = await admin.query<{ session: string }>(
      `SELECT application_name || ': ' || left(query, 80) AS session
         FROM pg_stat_activity
        WHERE datname = $1 AND backend_type = 'client backend'
          -- Citus's own, which end with its database
          AND application_name NOT LIKE 'citus_internal%'`,
      [name],
    );
    sessions = rows.map((row) => row.session);
    if (sessions.length === 0) return sessions;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return sessions;
}

async function onServer<T>(server: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: `${server}/postgres` });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
