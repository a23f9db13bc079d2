import { type Behind, listBehind } from "#domain/behind.ts";
import type { Clock } from "#domain/clock.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { sendingHold } from "#server/db/sending-hold.ts";
import { type RefusedWrites, refusedWrites, type WriteRefusal } from "#server/db/write-refusals.ts";
import { type IntakeNow, readIntakes } from "./intakes.ts";
import { readTurns } from "./read-turns.ts";

interface Ages {
  startedAgeSeconds: number | null;
  uncreatedSeconds: number | null;
  overdueSeconds: number | null;
  markedSeconds: number | null;
  queuedSeconds: number | null;
  clockOffsetSeconds: number | null;
  isSendingHeld: boolean;
}

interface StorageRow {
  isReadOnly: boolean;
  reason: WriteRefusal | null;
  seconds: number | null;
}

export interface BehindTerms {
  clock: Clock;
  pubsub: boolean;
  /** Absent: read too. */
  intakes?: readonly IntakeNow[];
}

/** Which parts of Tidemark lag, from the database: a stalled process cannot report itself. */
export async function readBehind(sql: Sql, { clock, pubsub, intakes }: BehindTerms): Promise<Behind[]> {
  const now = clock.now();
  const { overdueSeconds, markedSeconds, uncreatedSeconds, ...ages } = await readAges(sql, now);
  const toReal = (seconds: number | null) => (seconds === null ? null : clock.toRealMs(seconds * 1000) / 1000);
  const unjudged = [toReal(overdueSeconds), markedSeconds].filter((age) => age !== null);
  const facts = {
    ...ages,
    turns: await readTurns(sql),
    refused: await readRefusal(sql),
    standingIntakes: (intakes ?? (await readIntakes(sql))).flatMap(({ standingSince, standingSeconds, ...intake }) =>
      standingSince === null || standingSeconds === null ? [] : [{ ...intake, standingSince, standingSeconds }],
    ),
    uncreatedSeconds: toReal(uncreatedSeconds),
    unjudgedSeconds: unjudged.length === 0 ? null : Math.max(...unjudged),
  };
  return listBehind(facts, { speed: clock.speed, pubsub });
}

/** What this process or a worker met; a read-only database is one even if no one has tried to write. */
async function readRefusal(sql: Sql): Promise<RefusedWrites | null> {
  const { rows } = await sql.query<StorageRow>(
    `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS "isReadOnly", worker.*
       FROM (VALUES (1)) one
       LEFT JOIN (SELECT refusal AS reason, refused_seconds AS seconds FROM worker_turn
                   WHERE refusal IS NOT NULL AND reported_at > clock_timestamp() - interval '15 seconds'
                   ORDER BY refused_seconds DESC LIMIT 1) worker ON true`,
  );
  const { isReadOnly = false, reason = null, seconds = 0 } = rows[0] ?? {};
  const own = refusedWrites();
  if (isReadOnly) return { reason: "read-only", seconds: own?.reason === "read-only" ? own.seconds : 0 };
  // What this process met while the database was read-only is over.
  if (own && own.reason !== "read-only") return own;
  return reason === null || reason === "read-only" ? null : { reason, seconds: seconds ?? 0 };
}

/** Product seconds for work due by the product's clock, real ones for the rest. */
async function readAges(sql: Sql, now: Date): Promise<Ages> {
  const { rows } = await sql.query<Ages>(
    `SELECT (SELECT extract(epoch FROM clock_timestamp() - min(since))::float8 FROM worker_turn) AS "startedAgeSeconds",
            (SELECT extract(epoch FROM $1 - min(hours_through))::float8 FROM event_type
              WHERE claimed_at IS NOT NULL AND hours_through < least($2, active_to) AND hours_through <= $1) AS "uncreatedSeconds",
            -- what was just claimed or changed in the catalogue is due since -infinity and takes its time
            (SELECT extract(epoch FROM $1 - min(next_due_at))::float8 FROM verdict
              WHERE next_due_at > '-infinity' AND next_due_at <= $1) AS "overdueSeconds",
            -- what a correction asks for again may be years, and waits for new facts
            (SELECT extract(epoch FROM clock_timestamp() - min(marked_at))::float8 FROM dirty_hour
              WHERE hour <= $3 AND correction_id IS NULL) AS "markedSeconds",
            (SELECT extract(epoch FROM now() - least(
                      (SELECT min(flush_at) FROM notification_group), (SELECT min(due_at) FROM escalation),
                      (SELECT min(due_at) FROM delivery d
                        WHERE state = 'queued' AND due_at <= now()
                          -- sent only while a backend is set, and never urgent
                          AND producer <> 'lineage'
                          -- what waits behind another, or for a receiver that is being sent to, waits for that receiver
                          AND NOT EXISTS (SELECT FROM delivery ahead
                                           WHERE ahead.receiver = d.receiver AND ahead.thread_key = d.thread_key
                                             AND ahead.state = 'queued' AND ahead.id < d.id)
                          AND receiver NOT IN (SELECT receiver FROM delivery
                                                WHERE state = 'queued' AND claimed_until > now()))))::float8) AS "queuedSeconds",
            (SELECT max(abs(clock_ahead_ms))::float8 / 1000 FROM worker_turn
              WHERE reported_at > clock_timestamp() - interval '1 minute') AS "clockOffsetSeconds",
            EXISTS (SELECT FROM lease WHERE name = $4) AS "isSendingHeld"`,
    [now, addHours(hourOf(now), 1), addHours(now, -1), sendingHold],
  );
  return rows[0] as Ages;
}
