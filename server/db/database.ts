import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { isDatabaseUnreachable } from "./database-unreachable.ts";
import { PrismaClient } from "./generated/client.ts";
import { openSessionPool } from "./session-pool.ts";
import { answerTimeoutMs, limitTransaction, type Work } from "./work-limits.ts";

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
  /**
   * Runs `work` in one READ COMMITTED transaction: committed when it returns, rolled back when it throws. `limits`: for
   * work of another kind than the pool's.
   */
  transaction<T>(work: (tx: Sql) => Promise<T>, limits?: Work): Promise<T>;
  close(): Promise<void>;
}

// Counts are bigint columns: parsed as bigint, so that none is rounded.
const int8Oid = 20;
const types = new pg.TypeOverrides();
types.setTypeParser(int8Oid, (text: string) => BigInt(text));

export interface DatabaseOptions {
  maxConnections?: number;
  applicationName?: string;
  /** What its statements are for, which decides how long they may take. */
  work?: Work;
}

/** Opens a pool. It connects at the first statement. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = openSessionPool(url, {
    work: options.work ?? "long",
    maxConnections: options.maxConnections ?? 5,
    applicationName: options.applicationName ?? "tidemark",
    types,
  });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    url,
    prisma,
    sql: asSql(pool),
    transaction: (work, limits) => runTransaction(pool, work, limits),
    async close() {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

const beginMs = 10_000;

function asSql(target: pg.Pool | pg.PoolClient, limits?: Work): Sql {
  const timeout = limits === undefined ? {} : { query_timeout: answerTimeoutMs(limits) };
  return {
    query: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) =>
      target.query<Row>({ text, values: values as unknown[], ...timeout }),
  };
}

async function runTransaction<T>(pool: pg.Pool, work: (tx: Sql) => Promise<T>, limits?: Work): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    // BEGIN takes no time, so it quickly shows whether the server responds.
    const begin = limits === undefined ? "BEGIN" : `BEGIN; ${limitTransaction(limits)}`;
    await client.query({ text: begin, query_timeout: beginMs } as pg.QueryConfig);
    const result = await work(asSql(client, limits));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    // After a failover a server may be read-only: this connection stays so; a new one finds the primary.
    if (isDatabaseUnreachable(error)) broken ??= error as Error;
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
