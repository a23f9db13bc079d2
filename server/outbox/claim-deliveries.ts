import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Database, Sql } from "#server/db/database.ts";
import type { ProducerName } from "./queue-deliveries.ts";
import { mostAtOnce } from "./receiver-load.ts";

export interface ClaimedDelivery {
  id: bigint;
  dedupKey: string;
  receiver: string;
  threadKey: string;
  kind: string;
  incidentId: bigint | null;
  body: unknown;
  attempts: number;
  createdAt: Date;
  firstAttemptAt: Date | null;
  claimedBy: string;
  traceparent: string | null;
}

export interface ClaimRequest {
  producer: ProducerName;
  claimant: string;
  /** At most so many messages. */
  limit: number;
  /** How many more a receiver may be sent at once; others: `mostAtOnce`. */
  room: Readonly<Record<string, number>>;
  /** What the claimant is sending: after a pause of its process the claims may have expired. */
  inProgress: readonly bigint[];
}

export interface Claims {
  claimed: ClaimedDelivery[];
  /** Another process was at a thread just then, and may have left a message of it. */
  isContended: boolean;
}

/** Renewed by a claimant that lives: a dead one's messages are sent by another process after this time. */
const claimSeconds = 10;

/**
 * Claims due messages, of each thread the first. Candidates' threads are locked before a statement with a snapshot of its
 * own claims them: it sees what the last holder of the lock committed, so no two messages of a thread are ever under way at once.
 */
export async function claimDeliveries(database: Database, request: ClaimRequest): Promise<Claims> {
  return database.transaction(async (tx) => {
    const due = await lockDueThreads(tx, request);
    const ids = due.filter(({ locked }) => locked).map(({ id }) => id);
    const claimed = ids.length === 0 ? [] : await takeClaims(tx, ids, request.claimant);
    return { claimed, isContended: claimed.length < due.length };
  });
}

/** Extends the claims of messages that are still being sent. */
export async function renewClaims(sql: Sql, claimant: string, ids: readonly bigint[]): Promise<void> {
  await sql.query(
    `UPDATE delivery SET claimed_until = clock_timestamp() + make_interval(secs => $3)
      WHERE id = ANY ($1) AND claimed_by = $2`,
    [ids, claimant, claimSeconds],
  );
}

const isFree = (table: string) => `(${table}.claimed_until IS NULL OR ${table}.claimed_until <= clock_timestamp())`;

const isFirst = `NOT EXISTS (SELECT FROM delivery other
                  WHERE other.receiver = d.receiver AND other.thread_key = d.thread_key AND other.state = 'queued'
                    AND other.producer = d.producer AND other.id <> d.id
                    -- a replayed message may come before one that is under way
                    AND (other.id < d.id OR NOT ${isFree("other")})
                  -- asked of one message after the other, not of all before the first is chosen
                  OFFSET 0)`;

async function lockDueThreads(
  tx: Sql,
  { producer, limit, room, inProgress }: ClaimRequest,
): Promise<{ id: bigint; locked: boolean }[]> {
  return tx.rows<{ id: bigint; locked: boolean }>(
    `-- each receiver at one look into the index, however much waits for it
     WITH RECURSIVE waiting (receiver) AS (
       (SELECT receiver FROM delivery WHERE state = 'queued' AND producer = $1 ORDER BY receiver LIMIT 1)
       UNION ALL
       SELECT (SELECT d.receiver FROM delivery d
                WHERE d.state = 'queued' AND d.producer = $1 AND d.receiver > waiting.receiver
                ORDER BY d.receiver LIMIT 1)
         FROM waiting WHERE waiting.receiver IS NOT NULL
     ), due AS MATERIALIZED (
       SELECT d.id, d.receiver, d.thread_key
         FROM waiting
        CROSS JOIN LATERAL (
          SELECT d.id, d.receiver, d.thread_key, d.due_at
            FROM delivery d
           WHERE d.state = 'queued' AND d.producer = $1 AND d.receiver = waiting.receiver AND d.due_at <= now()
             AND d.id <> ALL ($6) AND ${isFree("d")} AND ${isFirst}
           ORDER BY d.due_at, d.id
           LIMIT coalesce(($2::jsonb ->> waiting.receiver)::int, $3)) d
        ORDER BY d.due_at, d.id LIMIT $4
     )
     SELECT id, pg_try_advisory_xact_lock($5, hashtext(receiver || E'\\n' || thread_key)) AS locked FROM due`,
    [producer, JSON.stringify(room), mostAtOnce, limit, advisoryLocks.deliveryThread, inProgress],
  );
}

async function takeClaims(tx: Sql, ids: readonly bigint[], claimant: string): Promise<ClaimedDelivery[]> {
  return tx.rows<ClaimedDelivery>(
    `WITH free AS MATERIALIZED (
       SELECT d.id FROM delivery d
        WHERE d.id = ANY ($1) AND d.state = 'queued' AND d.due_at <= now() AND ${isFree("d")} AND ${isFirst}
        -- as all who change several
        ORDER BY d.id FOR NO KEY UPDATE SKIP LOCKED
     )
     UPDATE delivery d SET claimed_by = $2, claimed_until = clock_timestamp() + make_interval(secs => $3)
       FROM free WHERE d.id = free.id
     RETURNING d.id, d.dedup_key AS "dedupKey", d.receiver, d.thread_key AS "threadKey", d.kind,
               d.incident_id AS "incidentId", d.body, d.attempts, d.created_at AS "createdAt", d.claimed_by AS "claimedBy", d.traceparent,
               -- since it was last replayed
               (SELECT min(at) FROM (SELECT at FROM delivery_attempt WHERE delivery_id = d.id
                                      ORDER BY id DESC LIMIT d.attempts) recent) AS "firstAttemptAt"`,
    [ids, claimant, claimSeconds],
  );
}
