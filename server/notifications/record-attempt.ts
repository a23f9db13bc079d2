import type { SendOutcome } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";
import { addIncidentEvent } from "./add-incident-event.ts";
import type { ClaimedDelivery } from "./claim-delivery.ts";

export interface Attempt {
  delivery: ClaimedDelivery;
  outcome: SendOutcome;
  at: Date;
  durationMs: number;
  channelType: string;
  /** Real milliseconds; null: no further attempt. */
  retryInMs: number | null;
  /** Of the product's clock, which the delivery log uses. */
  speed: number;
}

/** Records an attempt's result; false if the delivery ended meanwhile: the log still has the attempt. */
export async function recordAttempt(tx: Sql, attempt: Attempt): Promise<boolean> {
  const { delivery, outcome, at, durationMs, retryInMs } = attempt;
  await tx.query(
    `INSERT INTO delivery_attempt (delivery_id, at, outcome, status, detail, duration_ms) VALUES ($1, $2, $3, $4, $5, $6)`,
    [delivery.id, at, outcome.outcome, outcome.status ?? null, outcome.detail.slice(0, 1_000), durationMs],
  );
  const isSent = outcome.outcome === "sent";
  const state = isSent ? "sent" : retryInMs === null ? "failed" : "queued";
  const nextAt = retryInMs === null ? null : new Date(at.getTime() + retryInMs * attempt.speed);
  const receipt = outcome.outcome === "sent" && outcome.receipt ? JSON.stringify(outcome.receipt) : null;
  const { rowCount } = await tx.query(
    `UPDATE delivery
        SET attempts = attempts + 1, claimed_by_job = NULL, state = $2, next_attempt_at = $3, receipt = coalesce($4::jsonb, receipt),
            sent_at = CASE WHEN $2 = 'sent' THEN $5::timestamptz END
      -- zero rows: withdrawn or sent by another process while this one was at it
      WHERE id = $1 AND state = 'queued'`,
    [delivery.id, state, nextAt, receipt, at],
  );
  if (rowCount !== 1) return false;
  await recordInTimeline(tx, attempt, state);
  return true;
}

/** Only the first failure and the last go to the timeline; the delivery's log has all. */
async function recordInTimeline(
  tx: Sql,
  { delivery, outcome, at, channelType }: Attempt,
  state: string,
): Promise<void> {
  const { incidentId, notification, channel, attempts } = delivery;
  if (incidentId === null || notification.kind === "test") return;
  const detail = { delivery: String(delivery.id), channel, type: channelType };
  const through = channelType === channel || channelType === "unknown" ? channel : `${channel} (${channelType})`;
  if (state === "sent") {
    const message = `${verbOf(notification)} ${notification.receiver} through ${through}`;
    await addIncidentEvent(tx, { incidentId, at, kind: "notified", message, detail });
  } else if (state === "failed") {
    const message = `Gave up telling ${notification.receiver} through ${through}: ${outcome.detail}`;
    await addIncidentEvent(tx, {
      incidentId,
      at,
      kind: "notification_failed",
      message: message.slice(0, 1_000),
      detail,
    });
  } else if (attempts === 0) {
    const message = `Telling ${notification.receiver} through ${through} failed and is tried again: ${outcome.detail}`;
    await addIncidentEvent(tx, { incidentId, at, kind: "notification_late", message: message.slice(0, 1_000), detail });
  }
}

function verbOf({ kind, status, severity }: ClaimedDelivery["notification"]): string {
  if (kind === "acknowledge") return "Told of the acknowledgement:";
  if (status === "resolved") return "Told of the end:";
  if (kind === "escalate") return "Escalated to";
  if (kind === "repeat") return "Reminded";
  return severity === "page" ? "Paged" : "Notified";
}
