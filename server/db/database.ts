import pg from "pg";
import { isDatabaseUnreachable } from "./database-unreachable.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import { noteOutage } from "./last-outage.ts";
import { createPrisma } from "./prisma.ts";
import { SecretBox } from "./secret-box.ts";
import { openSessionPool } from "./session-pool.ts";
import { answerTimeoutMs, limitTransaction, mayBePooled, type Work } from "./work-limits.ts";
import { noteRefusal } from "./write-refusals.ts";

/** One statement at a time, on the pool or inside a transaction. */
export interface Sql {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    statement: string,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
  /** What it answers, for statements of which nothing else matters. */
  rows<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Reads and writes single rows of a noun: `Database`, or a transaction of it. */
export interface Nouns {
  readonly prisma: PrismaClient;
}

/** What Prisma writes into a jsonb column. */
export type InputJson = Prisma.InputJsonValue;

/** Both doors, inside one transaction. */
export interface Transaction extends Sql, Nouns {}

/** Two doors to one pool: `sql` for the named set-based statements, `prisma` for single rows of a noun. */
export interface Database extends Nouns {
  readonly sql: Sql;
  /** Of PostgreSQL itself, never of a pooler: for connections that LISTEN or must not wait for one of the pool's. */
  readonly directUrl: string;
  /** Seals what must not stand in the database as plain text. */
  readonly secrets: SecretBox;
  /**
   * Runs `work` in one READ COMMITTED transaction: committed when it returns, rolled back when it throws. `limits`: for
   * work of another kind than the pool's.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, limits?: Work): Promise<T>;
  close(): Promise<void>;
}

// Counts are bigint columns: parsed as bigint, so that none is rounded.
const int8Oid = 20;
const types = new pg.TypeOverrides();
types.setTypeParser(int8Oid, (text: string) => BigInt(text));

export interface DatabaseOptions {
  /** PostgreSQL's own address, if `url` is that of a pooler in transaction mode. */
  directUrl?: string | null;
  maxConnections?: number;
  /** How long a statement waits for a connection; absent: 10 s. */
  waitMs?: number;
  applicationName?: string;
  /** What its statements are for, which decides how long they may take. */
  work?: Work;
  /** Of TIDEMARK_ENCRYPTION_KEY and those before it. Absent: the process reads no stored secret, or they are plain text. */
  encryptionKeys?: readonly Uint8Array[];
}

/** Opens a pool. It connects at the first statement. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { work = "long" } = options;
  const directUrl = options.directUrl ?? url;
  const pooled = directUrl !== url && mayBePooled(work);
  const pool = openSessionPool(pooled ? url : directUrl, {
    work,
    pooled,
    maxConnections: options.maxConnections ?? 5,
    waitMs: options.waitMs,
    applicationName: options.applicationName ?? "tidemark",
    types,
  });
  // Made at its first use: most processes never need it, and it takes some 5 MB.
  let prisma: PrismaClient | null = null;
  return {
    directUrl,
    get prisma() {
      prisma ??= createPrisma(pool);
      return prisma;
    },
    secrets: new SecretBox(options.encryptionKeys ?? []),
    sql: asSql(pool),
    // A pooler's sessions have no limits of ours: each transaction sets its own.
    transaction: (run, limits) => runTransaction(pool, run, limits ?? (pooled ? work : undefined)),
    async close() {
      await prisma?.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

const beginMs = 10_000;

/** For a pool of its own, or one connection. */
export function asSql(target: pg.Pool | pg.PoolClient, limits?: Work): Sql {
  const timeout = limits === undefined ? {} : { query_timeout: answerTimeoutMs(limits) };
  return sqlOf(async <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => {
    try {
      return await target.query<Row>({ text, values: values as unknown[], ...timeout });
    } catch (error) {
      noteRefusal(error);
      noteOutage(error);
      throw error;
    }
  });
}

/** By a way to ask statements. */
export function sqlOf(query: Sql["query"]): Sql {
  return { query, rows: async (statement, values) => (await query(statement, values)).rows as never[] };
}

async function runTransaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>, limits?: Work): Promise<T> {
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
    const result = await work({
      ...asSql(client, limits),
      get prisma() {
        return prismaOf(client);
      },
    });
    await client.query("COMMIT");
    return result;
  } catch (error) {
    noteRefusal(error);
    noteOutage(error);
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

/** One Prisma client per connection, made at its first use in a transaction: it takes some 20 ms and 5 MB. */
const prismas = new WeakMap<pg.PoolClient, PrismaClient>();

function prismaOf(client: pg.PoolClient): PrismaClient {
  const prisma = prismas.get(client) ?? createPrisma(new OneConnection(client));
  prismas.set(client, prisma);
  return prisma;
}

/** A pool for Prisma's adapter that is one connection, which is in a transaction already. */
class OneConnection extends pg.Pool {
  constructor(client: pg.PoolClient) {
    super({ max: 1 });
    this.query = client.query.bind(client) as pg.Pool["query"];
  }

  /** Prisma asks for a connection to begin a transaction of its own, whose COMMIT would end this one. */
  override connect(): never {
    throw new Error("Inside a transaction a Prisma call must be one statement.");
  }
}
