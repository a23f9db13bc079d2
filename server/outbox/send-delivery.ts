import type { Clock } from "#domain/clock.ts";
import { nextAttempt, type RetrySchedule } from "#domain/notification/next-attempt.ts";
import type { SendOutcome } from "#domain/notification.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { isDataError } from "#server/db/database-errors.ts";
import { inSpan } from "#server/process/tracing.ts";
import { within } from "#server/process/within.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import { countAttempt } from "./notification-counts.ts";
import type { ProducerName } from "./queue-deliveries.ts";

export type DeliveryState = "queued" | "sent" | "failed" | "withdrawn";

/** What one attempt came to. */
export interface Attempt {
  /** `withdrawn`: nothing was sent, for it is no longer needed. */
  outcome: SendOutcome | { outcome: "withdrawn"; detail: string };
  /** Decides the waits between attempts; null: there is one attempt only. */
  retry: RetrySchedule | null;
  /** Runs in the transaction that records the attempt. */
  onRecorded?(tx: Sql, state: DeliveryState): Promise<void>;
}

/** Whose messages a dispatcher sends. */
export interface Producer {
  name: ProducerName;
  /** No transaction is open during it. Throws if the database fails: the message is then tried again when its claim ends. */
  attempt(delivery: ClaimedDelivery): Promise<Attempt>;
}

/** Longer than any adapter's own timeout: a receiver that trickles bytes cannot block forever. */
const hardTimeoutMs = 60_000;

/** One exchange with a receiver, whose failures are outcomes. What it answered can be stored. */
export async function sendWithin(send: () => Promise<SendOutcome>): Promise<SendOutcome> {
  const failed = (detail: string): SendOutcome => ({ outcome: "retryable", detail });
  const sending = send().catch((error: Error) => failed(`Sending failed: ${error.message}`));
  const outcome = (await within(hardTimeoutMs, sending)) ?? failed(`No answer within ${hardTimeoutMs / 1000} s.`);
  const said = {
    detail: toStorable(outcome.detail),
    ...(outcome.response && { response: toStorable(outcome.response) }),
  };
  if (outcome.outcome !== "sent" || !outcome.receipt) return { ...outcome, ...said };
  const receipt = Object.entries(outcome.receipt).map(([key, value]) => [key, toStorable(value)]);
  return { ...outcome, ...said, receipt: Object.fromEntries(receipt) };
}

/** PostgreSQL's text has no NUL, and its jsonb no half of a surrogate pair. */
function toStorable(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}

/**
 * Sends a claimed message once. `sent` is written after the receiver accepted it: a kill in between sends it again, with the
 * same key, once the claim has expired.
 */
export async function deliverClaimed(
  { database, clock }: { database: Database; clock: Clock },
  producer: Producer,
  delivery: ClaimedDelivery,
): Promise<void> {
  const startedMs = performance.now();
  const attempt = await attemptInSpan(producer, delivery);
  const { outcome } = attempt;
  const durationMs = Math.round(performance.now() - startedMs);
  const at = clock.now();
  const retryInMs = retryOf(clock, delivery, attempt, at);
  const state = stateOf(outcome.outcome, retryInMs);
  const record = async (tx: Sql, logged: Attempt) => {
    const { rowCount } = await tx.query(
      `UPDATE delivery
          SET attempts = attempts + $4, state = $3, claimed_by = NULL, claimed_until = NULL,
              sent_at = CASE WHEN $3 = 'sent' THEN $5::timestamptz END,
              due_at = CASE WHEN $3 = 'queued' THEN now() + make_interval(secs => $6::float8 / 1000) ELSE due_at END,
              next_attempt_at = $7, withdrawn_because = $8, receipt = coalesce($9::jsonb, receipt)
        -- zero rows: the claim expired and another process took it, or the message was deleted
        WHERE id = $1 AND claimed_by = $2 AND state = 'queued'`,
      [
        delivery.id,
        delivery.claimedBy,
        state,
        state === "withdrawn" ? 0 : 1,
        at,
        retryInMs,
        retryInMs === null ? null : new Date(at.getTime() + retryInMs * clock.speed),
        logged.outcome.outcome === "withdrawn" ? logged.outcome.detail : null,
        logged.outcome.outcome === "sent" && logged.outcome.receipt ? JSON.stringify(logged.outcome.receipt) : null,
      ],
    );
    if (logged.outcome.outcome !== "withdrawn") await logAttempt(tx, delivery.id, logged.outcome, at, durationMs);
    if (rowCount !== 1) return;
    await logged.onRecorded?.(tx, state);
    await countAttempt(tx, delivery.id, state === "queued" ? "retried" : state);
  };
  try {
    await database.transaction((tx) => record(tx, attempt));
  } catch (error) {
    if (!isDataError(error)) throw error;
    // Unrecorded, it would be sent again each time its claim expires.
    await database.transaction((tx) => record(tx, withoutWords(attempt)));
    throw error;
  }
}

async function attemptInSpan(producer: Producer, delivery: ClaimedDelivery): Promise<Attempt> {
  const options = () => ({
    name: `deliver ${producer.name}`,
    kind: "internal" as const,
    parent: delivery.traceparent,
    attributes: {
      "messaging.operation.type": "send",
      "messaging.message.id": delivery.dedupKey,
      "tidemark.receiver": delivery.receiver,
      "tidemark.delivery.kind": delivery.kind,
      "tidemark.delivery.attempt": delivery.attempts + 1,
    },
  });
  return inSpan(options, async (span) => {
    const attempt = await producer.attempt(delivery);
    const { outcome, detail } = attempt.outcome;
    span?.set({ "tidemark.delivery.outcome": outcome });
    if (outcome === "retryable" || outcome === "permanent") span?.failed(new Error(detail));
    return attempt;
  });
}

/** What came of it, without what the receiver said and what the producer would write. */
function withoutWords({ outcome, retry }: Attempt): Attempt {
  const detail = "The receiver's answer could not be stored.";
  if (outcome.outcome === "sent") return { outcome: { outcome: "sent", detail }, retry };
  const { response: _, ...rest } = outcome as SendOutcome;
  return { outcome: { ...rest, detail }, retry };
}

function stateOf(outcome: Attempt["outcome"]["outcome"], retryInMs: number | null): DeliveryState {
  if (outcome === "sent" || outcome === "withdrawn") return outcome;
  return retryInMs === null ? "failed" : "queued";
}

/** Real milliseconds; null: no further attempt. */
function retryOf(clock: Clock, delivery: ClaimedDelivery, { outcome, retry }: Attempt, now: Date): number | null {
  if (outcome.outcome !== "retryable" || retry === null) return null;
  const first = delivery.firstAttemptAt ?? now;
  return nextAttempt({
    schedule: retry,
    attempts: delivery.attempts + 1,
    sinceFirstMs: clock.toRealMs(now.getTime() - first.getTime()),
    afterMs: outcome.afterMs,
    chance: Math.random(),
  });
}

/** Of a delivery that was deleted meanwhile there is no log. */
async function logAttempt(tx: Sql, id: bigint, said: SendOutcome, at: Date, durationMs: number): Promise<void> {
  const { outcome, status = null, detail, response } = said;
  await tx.query(
    `INSERT INTO delivery_attempt (delivery_id, at, outcome, status, detail, response, duration_ms)
     SELECT id, $2, $3, $4, $5, $6, $7 FROM delivery WHERE id = $1`,
    [id, at, outcome, status, detail.slice(0, 1_000), response?.slice(0, 1_000) ?? null, durationMs],
  );
}
