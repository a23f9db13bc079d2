import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { toEntryJson } from "./list-entries.ts";

/** A part of the log as its webhook gets it. */
export interface AuditMessage {
  /** The same for the same entries: receivers recognise a repetition by it. */
  readonly id: string;
  readonly body: string;
  readonly through: bigint;
}

const mostEntries = 500;
const mostBytes = 1024 ** 2;

/**
 * The next message, which stays the same until it is marked as sent; null: everything was sent, or acts are under way, before
 * whose end no one knows the order.
 */
export async function takeMessage(database: Database): Promise<AuditMessage | null> {
  const { sql, prisma } = database;
  await sql.query("INSERT INTO audit_stream DEFAULT VALUES ON CONFLICT DO NOTHING");
  if (!(await hasPending(sql))) {
    const safeId = await findSafeId(database);
    if (safeId !== null) await choose(sql, safeId);
  }
  const stream = await prisma.auditStream.findUnique({ where: { id: 1 } });
  if (!stream?.pendingId) return null;
  const where = { id: { gt: stream.sentId, lte: stream.pendingId } };
  const entries = (await prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } })).map(toEntryJson);
  const id = `audit_${entries[0]?.id}_${stream.pendingId}`;
  return { id, body: JSON.stringify({ entries }), through: stream.pendingId };
}

/** The receiver has it. A process that lost its lease meanwhile moves nothing back. */
export async function markSent(sql: Sql, { through }: Pick<AuditMessage, "through">): Promise<void> {
  await sql.query(
    "UPDATE audit_stream SET sent_id = pending_id, pending_id = NULL, sent_at = clock_timestamp() WHERE pending_id = $1",
    [through],
  );
}

export interface AuditStreamState {
  /** Of the oldest entry that was not sent; 0: all were. */
  readonly delaySeconds: number;
  /** Unix time; null: nothing was sent yet. */
  readonly sentAtSeconds: number | null;
}

/** null: the log was never to be sent. */
export async function readStream(sql: Sql): Promise<AuditStreamState | null> {
  const { rows } = await sql.query<AuditStreamState>(
    `SELECT greatest(0, coalesce(extract(epoch FROM clock_timestamp() - (
              SELECT at FROM audit_entry e WHERE e.id > sent_id ORDER BY e.id LIMIT 1)), 0))::float8 AS "delaySeconds",
            extract(epoch FROM sent_at)::float8 AS "sentAtSeconds"
       FROM audit_stream`,
  );
  return rows[0] ?? null;
}

async function hasPending(sql: Sql): Promise<boolean> {
  const { rowCount } = await sql.query("SELECT FROM audit_stream WHERE pending_id IS NOT NULL");
  return rowCount === 1;
}

/**
 * The id up to which no entry is still to come: every act holds the lock until its commit. Held alone for this one question, and
 * never waited for: acts would queue behind.
 */
async function findSafeId(database: Database): Promise<bigint | null> {
  const { rowCount: unsent } = await database.sql.query(
    "SELECT FROM audit_stream WHERE EXISTS (SELECT FROM audit_entry e WHERE e.id > sent_id)",
  );
  if (unsent === 0) return null;
  return database.transaction(async (tx) => {
    const lock = await tx.query<{ alone: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS alone", [
      advisoryLocks.auditLog,
    ]);
    if (!lock.rows[0]?.alone) return null;
    const { rows } = await tx.query<{ id: string | null }>("SELECT max(id)::text AS id FROM audit_entry");
    return rows[0]?.id ? BigInt(rows[0].id) : null;
  });
}

/** As many entries as a message may have, and at least one, however large. */
async function choose(sql: Sql, safeId: bigint): Promise<void> {
  await sql.query(
    `WITH next AS (
       SELECT e.id, octet_length(to_jsonb(e)::text) AS bytes
         FROM audit_entry e WHERE e.id > (SELECT sent_id FROM audit_stream) AND e.id <= $1
        ORDER BY e.id LIMIT $2),
     summed AS (
       SELECT id, sum(bytes) OVER (ORDER BY id) AS bytes, row_number() OVER (ORDER BY id) AS place FROM next)
     UPDATE audit_stream
        SET pending_id = (SELECT max(id) FROM summed WHERE bytes <= $3 OR place = 1)
      WHERE pending_id IS NULL`,
    [safeId, mostEntries, mostBytes],
  );
}
