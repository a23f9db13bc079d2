import type { Sql } from "#server/db/database.ts";

export interface LastIngest {
  lastIngestAt: Date | null;
  messages: bigint;
  rejected: bigint;
  /** Of the rejected ones: counted, and not kept. */
  unstored: bigint;
}

/** A writer whose clock is further ahead is ignored: it would hide for days that nothing comes in. */
const aheadMs = 3_600_000;

/** The latest commit of any ingest process, and their combined totals. */
export async function readLastIngest(sql: Sql, now: Date): Promise<LastIngest> {
  const { rows } = await sql.query<LastIngest>(
    `SELECT max(last_ingest_at) FILTER (WHERE last_ingest_at <= $1) AS "lastIngestAt", coalesce(sum(messages), 0)::bigint AS messages,
            coalesce(sum(rejected), 0)::bigint AS rejected, coalesce(sum(unstored), 0)::bigint AS unstored
       FROM ingest_worker`,
    [new Date(now.getTime() + aheadMs)],
  );
  return rows[0] ?? { lastIngestAt: null, messages: 0n, rejected: 0n, unstored: 0n };
}
