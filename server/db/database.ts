import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";

/** One statement at a time, on the pool or inside a transaction. */
export interface Sql {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    statement: string,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

/** Two doors to one pool: `sql` for the named set-based statements, `prisma` for single rows of a noun. */
export interface Database {
  readonly sql: Sql;
  readonly prisma: PrismaClient;
  readonly url: string;
  /** Runs `work` in one READ COMMITTED transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

// Counts are bigint columns: read as bigint, so that none is rounded on its way.
const int8Oid = 20;
const types = new pg.TypeOverrides();
types.setTypeParser(int8Oid, (text: string) => BigInt(text));

export interface DatabaseOptions {
  maxConnections?: number;
  applicationName?: string;
}

/** Opens a pool. Nothing connects before the first statement. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 5,
    application_name: options.applicationName ?? "tidemark",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // Every statement here is short: compiling one costs more than running it.
    options: "-c jit=off",
    types,
  });
  // An idle connection that breaks is replaced by the pool; the next statement reports a lasting failure.
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    url,
    prisma,
    sql: asSql(pool),
    transaction: (work) => runTransaction(pool, work),
    async close() {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

function asSql(target: pg.Pool | pg.PoolClient): Sql {
  return {
    query: <Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]) =>
      target.query<Row>(statement, values as unknown[]),
  };
}

async function runTransaction<T>(pool: pg.Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    const result = await work(asSql(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
