import type { Clock } from "#domain/clock.ts";
import type { Sql } from "#server/db/database.ts";
import { readTurns } from "./read-turns.ts";

/** What an operator watches of Tidemark's own work, in real time. */
export interface WorkFigures {
  /** Messages that wait, by what sends them and, for channels, by channel. */
  outbox: { producer: string; channel: string; messages: number; oldestSeconds: number }[];
  /** Since the oldest report came in whose hour no one has judged again. */
  judgeBacklogSeconds: number;
  /** Since a loop last completed a turn, in any process, and how long that may be. */
  turns: { turn: string; ageSeconds: number; allowedSeconds: number }[];
  /** Whether a process holds each lease that one ever held. */
  leases: { lease: string; isHeld: boolean }[];
  /** Minutes of the last 30 days. */
  duties: { duty: string; minutes: number; minutesBehind: number }[];
}

export async function readWork(sql: Sql, clock: Clock): Promise<WorkFigures> {
  const [outbox, judge, turns, leases, duties] = [
    await readOutbox(sql, clock),
    await sql.query<{ seconds: number }>(
      `SELECT greatest(coalesce(extract(epoch FROM clock_timestamp() - min(marked_at)), 0), 0)::float8 AS seconds
         FROM dirty_hour WHERE correction_id IS NULL`,
    ),
    await readTurns(sql),
    await sql.query<WorkFigures["leases"][number]>(
      `SELECT name AS lease, expires_at > clock_timestamp() AS "isHeld" FROM lease ORDER BY name`,
    ),
    await sql.query<WorkFigures["duties"][number]>(
      `SELECT duty, sum(minutes)::int AS minutes, sum(minutes_behind)::int AS "minutesBehind"
         FROM duty_hour WHERE hour > now() - interval '30 days' GROUP BY duty ORDER BY duty`,
    ),
  ];
  return {
    outbox,
    judgeBacklogSeconds: judge.rows[0]?.seconds ?? 0,
    turns,
    leases: leases.rows,
    duties: duties.rows,
  };
}

/** Consumers' webhooks are too many to have a series each. */
async function readOutbox(sql: Sql, clock: Clock): Promise<WorkFigures["outbox"]> {
  const { rows } = await sql.query<WorkFigures["outbox"][number]>(
    `SELECT producer, channel, coalesce(sum(messages), 0)::int AS messages, coalesce(max(oldest), 0)::float8 AS "oldestSeconds"
       FROM (SELECT producer, CASE WHEN producer = 'channel' THEN receiver ELSE '' END AS channel, 1 AS messages,
                    greatest(extract(epoch FROM $1::timestamptz - created_at), 0) AS oldest
               FROM delivery WHERE state = 'queued'
             UNION ALL
             -- an empty queue has figures too
             SELECT 'channel', name, 0, 0 FROM channel
             UNION ALL
             SELECT producer, '', 0, 0 FROM (VALUES ('subscription'), ('lineage')) p (producer)) message
      GROUP BY producer, channel ORDER BY producer, channel`,
    [clock.now()],
  );
  // Messages are dated by the product's clock.
  return rows.map((row) => ({ ...row, oldestSeconds: clock.toRealMs(row.oldestSeconds * 1000) / 1000 }));
}
