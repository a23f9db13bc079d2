import type { Sql } from "#server/db/database.ts";

/** Rows per statement, to keep locks short. */
const chunk = 5_000;

/** Finished rows older than the instant, in chunks: whatever still waits, fires or is open stays, however old. */
const drops = [
  `DELETE FROM delivery WHERE id IN
     (SELECT id FROM delivery WHERE created_at < $1 AND state <> 'queued' ORDER BY created_at LIMIT $2)`,
  // as many as hours, and no one reads them again
  `DELETE FROM delivery WHERE id IN
     (SELECT id FROM delivery WHERE producer = 'lineage' AND state = 'sent' AND $1::timestamptz IS NOT NULL LIMIT $2)`,
  `DELETE FROM alert_transition WHERE id IN (SELECT id FROM alert_transition WHERE at < $1 ORDER BY at LIMIT $2)`,
  // cascades to its hours and timeline
  `DELETE FROM incident WHERE id IN
     (SELECT id FROM incident WHERE opened_at < $1 AND resolved_at < $1 ORDER BY opened_at LIMIT $2)`,
  `DELETE FROM alert WHERE fingerprint IN
     (SELECT fingerprint FROM alert WHERE state = 'normal' AND changed_at < $1 LIMIT $2)`,
  `DELETE FROM silence WHERE id IN (SELECT id FROM silence WHERE ends_at < $1 AND name IS NULL LIMIT $2)`,
  // asked again of the row: an alert may schedule a flush meanwhile
  `DELETE FROM notification_group WHERE flush_at IS NULL AND key IN
     (SELECT key FROM notification_group
       WHERE flushed_at < $1 AND notified_firing = '{}' AND flush_at IS NULL LIMIT $2)`,
];

/** Deletes deliveries and alert history older than an instant; returns the number of rows. */
export async function dropOldAlerts(sql: Sql, before: Date): Promise<number> {
  let dropped = 0;
  for (const drop of drops) {
    for (;;) {
      const { rowCount } = await sql.query(drop, [before, chunk]);
      dropped += rowCount ?? 0;
      if ((rowCount ?? 0) < chunk) break;
    }
  }
  return dropped;
}
