import { addHours } from "#domain/hour.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { type HourKey, hourKeys, keyColumns } from "./load-facts.ts";

export interface PackHoursInput {
  /** Scans the hours from..to, `to` excluded. */
  from: Date;
  to: Date;
  /** Only hours last judged before this instant. */
  settledBefore: Date;
}

const hoursFound = 10_000;
const hoursAtOnce = 200;

/**
 * Packs the reports of long-final hours into one row per datacenter, beside their totals, in steps of a few hundred hours that block
 * writers of facts for some tens of milliseconds. Returns the number of (type, hour) packed.
 */
export async function packHours({ ctx, input }: Call<PackHoursInput>): Promise<number> {
  requireScope(ctx, "admin");
  // Writers unpack only what is a day old: pack nothing younger.
  const to = new Date(Math.min(input.to.getTime(), addHours(ctx.clock.now(), -26).getTime()));
  let packed = 0;
  for (;;) {
    const hours = await findUnpacked(ctx.database.sql, { ...input, to });
    for (let at = 0; at < hours.length; at += hoursAtOnce) {
      packed += await ctx.database.transaction(async (tx) => {
        await lockIngestGate(tx);
        return packSome(tx, hours.slice(at, at + hoursAtOnce));
      });
    }
    if (hours.length < hoursFound) return packed;
  }
}

/** Reports of other hours were packed before: those that are left are few. */
async function findUnpacked(sql: Sql, { from, to, settledBefore }: PackHoursInput): Promise<HourKey[]> {
  return sql.rows<HourKey>(
    `WITH unpacked AS MATERIALIZED (
       SELECT DISTINCT event_type_id, hour FROM report WHERE hour >= $1 AND hour < $2
     )
     SELECT v.event_type_id AS "eventTypeId", v.hour
       FROM unpacked u JOIN verdict v ON v.event_type_id = u.event_type_id AND v.hour = u.hour
      WHERE v.hour >= $1 AND v.hour < $2 AND v.settled AND v.next_due_at IS NULL AND v.judged_at < $3
      LIMIT $4`,
    [from, to, settledBefore, hoursFound],
  );
}

async function packSome(tx: Sql, hours: readonly HourKey[]): Promise<number> {
  const { rows } = await tx.query<{ hours: number }>(
    `WITH taken AS (
       DELETE FROM report r USING ${hourKeys.from("k")}
        WHERE r.event_type_id = k.event_type_id AND r.hour = k.hour AND r.hour BETWEEN $3 AND $4
       RETURNING r.*
     ), packed AS (
       INSERT INTO report_packed (event_type_id, hour, datacenter_id,
                                  stages, reporter_ids, landed_hours, epochs, events, bytes, malformed)
       SELECT event_type_id, hour, datacenter_id,
              array_agg(stage ORDER BY stage, reporter_id, landed_hour),
              array_agg(reporter_id ORDER BY stage, reporter_id, landed_hour),
              -- what says nothing is left out: an array costs more than the few numbers in it
              CASE WHEN bool_or(landed_hour <> hour) THEN array_agg(landed_hour ORDER BY stage, reporter_id, landed_hour) END,
              CASE WHEN bool_or(epoch <> 0) THEN array_agg(epoch ORDER BY stage, reporter_id, landed_hour) END,
              array_agg(events ORDER BY stage, reporter_id, landed_hour),
              CASE WHEN bool_or(bytes IS NOT NULL) THEN array_agg(bytes ORDER BY stage, reporter_id, landed_hour) END,
              CASE WHEN bool_or(malformed IS NOT NULL) THEN array_agg(malformed ORDER BY stage, reporter_id, landed_hour) END
         FROM taken GROUP BY 1, 2, 3
     )
     SELECT count(DISTINCT (event_type_id, hour))::int AS hours FROM taken`,
    keyColumns(hours),
  );
  return rows[0]?.hours ?? 0;
}
