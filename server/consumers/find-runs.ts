import { addHours, formatHour, type Hour } from "#domain/hour.ts";
import { isReady } from "#domain/readiness.ts";
import { type ReportedHour, runOf } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import type { Listener } from "./load-listeners.ts";
import type { NewMessage } from "./queue-messages.ts";

interface Run {
  listener: Listener;
  runHours: number;
  from: Hour;
  to: Hour;
}

/** The runs completed by an hour that just became ready. Each run is notified once: its later changes are amendments of its hours. */
export async function findRuns(
  tx: Sql,
  becameReady: readonly { listener: Listener; hour: Hour }[],
): Promise<NewMessage[]> {
  const runs = new Map<string, Run>();
  for (const { listener, hour } of becameReady) {
    const { runHours } = listener;
    if (runHours === null) continue;
    const { from, to } = runOf(hour, runHours);
    runs.set(`${listener.id} ${from.getTime()}`, { listener, runHours, from, to });
  }
  const messages: NewMessage[] = [];
  for (const run of runs.values()) {
    const last = await loadLastOfWhole(tx, run);
    if (last) messages.push(messageOf(run, last));
  }
  return messages;
}

/** The run's last hour if all are ready and it was not notified yet; else null. */
async function loadLastOfWhole(tx: Sql, { listener, runHours, from, to }: Run): Promise<ReportedHour | null> {
  const { rows } = await tx.query<ReportedHour>(
    `SELECT v.state, v.revision, v.known, v.produced, v.delivered, v.lost, v.duplicated, v.skewed,
            v.accepted_by_correction IS NOT NULL AS accepted
       FROM verdict v
      WHERE v.event_type_id = $1 AND v.hour >= $2 AND v.hour < $3
        AND NOT EXISTS (SELECT FROM subscription_message m
                         WHERE m.subscription_id = $4 AND m.hour = $2 AND m.event = 'run')
      ORDER BY v.hour`,
    [listener.eventTypeId, from, to, listener.id],
  );
  const whole = rows.length === runHours && rows.every((hour) => isReady(hour, listener.terms));
  return whole ? (rows.at(-1) ?? null) : null;
}

function messageOf({ listener, runHours, from, to }: Run, sent: ReportedHour): NewMessage {
  return {
    id: `${listener.id}_${formatHour(from)}_to_${formatHour(addHours(to, -1))}`,
    subscriptionId: listener.id,
    eventTypeId: listener.eventTypeId,
    hour: from,
    event: "run",
    sequence: 1,
    runHours,
    day: null,
    previousRevision: null,
    ready: true,
    before: null,
    sent,
  };
}
