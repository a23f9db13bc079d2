import type { Sql } from "#server/db/database.ts";

export interface LastIngest {
  lastIngestAt: Date | null;
  messages: bigint;
  rejected: bigint;
}

/** The latest commit of any ingest process, and their combined totals. */
export async function readLastIngest(sql: Sql): Promise<LastIngest> {
  const { rows } = await sql.query<LastIngest>(
    `SELECT max(last_ingest_at) AS "lastIngestAt", coalesce(sum(messages), 0)::bigint AS messages,
            coalesce(sum(rejected), 0)::bigint AS rejected
       FROM ingest_worker`,
  );
  return rows[0] ?? { lastIngestAt: null, messages: 0n, rejected: 0n };
}
