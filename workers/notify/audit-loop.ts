import type { SendOutcome } from "#domain/notification.ts";
import type { Context } from "#server/access/index.ts";
import { type AuditMessage, markSent, takeMessage } from "#server/audit/index.ts";
import type { Log } from "#server/process/log.ts";
import { underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export type PostAudit = (message: Pick<AuditMessage, "id" | "body">) => Promise<SendOutcome>;

interface AuditStreamDeps {
  ctx: Context;
  instance: string;
  log: Log;
  signal: AbortSignal;
  pause(realMs: number): Promise<void>;
}

const lookEveryMs = 1_000;
const longestWaitMs = 5 * 60_000;
/** Renewed after a third of it: what is left is longer than an exchange may take (15 s). */
const lease = { lease: "audit-stream", seconds: 45 };

/** Sends the audit log to its webhook, by one process at a time, each message again until the receiver accepts it. */
export async function streamAudit(deps: AuditStreamDeps, post: PostAudit): Promise<void> {
  const { ctx, instance, log, signal, pause } = deps;
  const trouble = new Trouble(log, "Sending the audit log to TIDEMARK_AUDIT_WEBHOOK");
  await underLease({ ctx, instance }, lease, async (mayWork) => {
    let dueMs = Number.NEGATIVE_INFINITY;
    let failures = 0;
    while (!signal.aborted) {
      try {
        const isDue = performance.now() >= dueMs;
        if ((await mayWork()) && isDue) {
          const hasSent = await sendNext(ctx, post);
          failures = 0;
          trouble.passed();
          if (hasSent) continue;
        }
      } catch (error) {
        const least = error instanceof NotAccepted ? error.afterMs : 0;
        const waitMs = Math.min(longestWaitMs, Math.max(least, 1_000 * 2 ** Math.min(failures, 20)));
        failures += 1;
        dueMs = performance.now() + waitMs;
        trouble.failed(error, `nothing is lost, retrying in ${Math.ceil(waitMs / 1000)} s`);
      }
      await pause(lookEveryMs);
    }
  });
}

class NotAccepted extends Error {
  readonly afterMs: number;

  constructor(detail: string, afterMs: number) {
    super(detail);
    this.afterMs = afterMs;
  }
}

/** False: there is nothing to send. */
async function sendNext({ database }: Context, post: PostAudit): Promise<boolean> {
  const message = await takeMessage(database);
  if (message === null) return false;
  const outcome = await post({ id: message.id, body: message.body });
  if (outcome.outcome !== "sent") {
    throw new NotAccepted(outcome.detail, outcome.outcome === "retryable" ? (outcome.afterMs ?? 0) : 0);
  }
  await markSent(database.sql, message);
  return true;
}
