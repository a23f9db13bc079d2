import type { Sql } from "#server/db/database.ts";

export interface FinalRow {
  datacenterId: number;
  reporterId: number;
  finalAt: Date;
}

/** Reporters that said they end: the latest event time stands. */
export async function writeFinals(tx: Sql, rows: readonly FinalRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO reporter_final AS old (datacenter_id, reporter_id, final_at)
     SELECT * FROM unnest($1::int[], $2::int[], $3::timestamptz[]) ORDER BY 1, 2
     ON CONFLICT (datacenter_id, reporter_id) DO UPDATE SET final_at = excluded.final_at
       WHERE excluded.final_at > old.final_at`,
    [rows.map((row) => row.datacenterId), rows.map((row) => row.reporterId), rows.map((row) => row.finalAt)],
  );
}
