import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/** What holds an alert back when its group is decided; `unchanged`: its receiver was notified of it, and the repeat interval has not passed. */
export const suppressions = ["silence", "inhibition", "time", "unchanged"] as const;
export type Suppression = (typeof suppressions)[number];

export const attemptOutcomes = ["sent", "retried", "failed", "withdrawn"] as const;
type AttemptOutcome = (typeof attemptOutcomes)[number];

export interface NotificationCount {
  channelKind: string;
  outcome: AttemptOutcome | Suppression;
  total: number;
}

/** Concurrent transactions that count the same outcome wait for each other only if they choose the same of so many rows. */
const slots = 8;

const countRows = bulkRows({ channelKind: "text", outcome: "text", total: "bigint" });

/** Adds in the transaction of what is counted: call it last, since it holds the rows until the commit. */
export async function addCounts(tx: Sql, counts: readonly NotificationCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx.query(
    `INSERT INTO notification_count AS c (channel_kind, outcome, slot, total)
     SELECT n.channel_kind, n.outcome, $4, n.total FROM ${countRows.from("n")}
      -- in key order, as every transaction that adds several
      ORDER BY n.channel_kind, n.outcome
     ON CONFLICT (channel_kind, outcome, slot) DO UPDATE SET total = c.total + excluded.total`,
    [...countRows.values(counts), Math.floor(Math.random() * slots)],
  );
}

/** Adds an attempt under the kind of the delivery's channel. */
export async function countAttempt(tx: Sql, deliveryId: bigint, outcome: AttemptOutcome): Promise<void> {
  await tx.query(
    `INSERT INTO notification_count AS c (channel_kind, outcome, slot, total)
     SELECT CASE WHEN d.producer = 'channel' THEN coalesce(channel.spec->>'type', 'deleted') ELSE d.producer END, $2, $3, 1
       FROM delivery d LEFT JOIN channel ON d.producer = 'channel' AND channel.name = d.receiver
      WHERE d.id = $1
     ON CONFLICT (channel_kind, outcome, slot) DO UPDATE SET total = c.total + 1`,
    [deliveryId, outcome, Math.floor(Math.random() * slots)],
  );
}

/** The totals of all processes since the database was made. */
export async function readCounts(sql: Sql): Promise<NotificationCount[]> {
  return sql.rows<NotificationCount>(
    `SELECT channel_kind AS "channelKind", outcome, sum(total)::float8 AS total
       FROM notification_count GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}
