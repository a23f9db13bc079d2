import { parseChannel } from "#domain/channel.ts";
import { nextAttempt } from "#domain/notification/next-attempt.ts";
import { isAskedFor, type SendOutcome } from "#domain/notification.ts";
import { addIncidentEvent } from "./add-incident-event.ts";
import { type ClaimedDelivery, claimDelivery, type DeliveryJob, releaseClaim, withdraw } from "./claim-delivery.ts";
import type { NotifyContext } from "./context.ts";
import { lockThread, queueDelivery, queueNextOfThread } from "./delivery-thread.ts";
import { findMuteReason } from "./find-mute-reason.ts";
import { recordAttempt } from "./record-attempt.ts";

/** A message that waited longer is checked again: it may have been silenced meanwhile. */
const freshForMs = 5_000;
/** Longer than any adapter's own timeout: a receiver that trickles bytes cannot block forever. */
const hardTimeoutMs = 60_000;
/** When the channel is at its limit: no attempt, and a recheck soon. */
const roomPauseMs = 500;

/**
 * Sends one message if it still waits and no other job is sending it. No transaction is open during the request, and `sent` is written
 * after it succeeded: a kill in between sends it again with the same key.
 */
export async function deliver({ ctx, input }: { ctx: NotifyContext; input: DeliveryJob }): Promise<void> {
  const delivery = await claimDelivery(ctx, input);
  if (!delivery) return;
  const waitedMs = ctx.clock.toRealMs(ctx.clock.now().getTime() - delivery.createdAt.getTime());
  if (waitedMs > freshForMs && (await withdrawIfMuted(ctx, delivery))) return;
  const parsed = delivery.spec === null ? null : parseChannel(delivery.spec);
  if (parsed?.ok && !parsed.spec.enabled && !isAskedFor(delivery.notification)) {
    return ctx.database.transaction(async (tx) => {
      await lockThread(tx, delivery.channel, delivery.threadKey);
      await withdraw(tx, delivery.id, `The channel "${delivery.channel}" is switched off.`);
      await queueNextOfThread(tx, delivery.channel, delivery.threadKey);
    });
  }
  if (!ctx.load.hasRoom(delivery.channel)) {
    return ctx.database.transaction(async (tx) => {
      await releaseClaim(tx, delivery.id);
      await queueDelivery(tx, delivery.id, roomPauseMs * (1 + Math.random()));
    });
  }
  const startedMs = performance.now();
  const outcome = await ctx.load.run(delivery.channel, () => attempt(ctx, delivery, parsed));
  const channelType = parsed?.ok ? parsed.spec.type : "unknown";
  const durationMs = Math.round(performance.now() - startedMs);
  const at = ctx.clock.now();
  const retryInMs = retryOf(ctx, delivery, outcome, channelType);
  await ctx.database.transaction(async (tx) => {
    await lockThread(tx, delivery.channel, delivery.threadKey);
    const recorded = await recordAttempt(tx, {
      delivery,
      outcome,
      at,
      durationMs,
      channelType,
      retryInMs,
      speed: ctx.clock.speed,
    });
    if (!recorded) return;
    if (retryInMs !== null) await queueDelivery(tx, delivery.id, retryInMs);
    else await queueNextOfThread(tx, delivery.channel, delivery.threadKey);
  });
}

type ParsedSpec = ReturnType<typeof parseChannel> | null;

async function attempt(ctx: NotifyContext, delivery: ClaimedDelivery, parsed: ParsedSpec): Promise<SendOutcome> {
  const { channel, notification, posted } = delivery;
  if (!parsed) return { outcome: "permanent", detail: `There is no channel "${channel}" any more.` };
  if (!parsed.ok) {
    const faults = parsed.faults.map((fault) => `${fault.pointer} ${fault.detail}`).join("; ");
    return { outcome: "permanent", detail: `The channel "${channel}" cannot be used: ${faults}` };
  }
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<SendOutcome>((resolve) => {
    const detail = `No answer within ${hardTimeoutMs / 1000} s.`;
    timer = setTimeout(() => resolve({ outcome: "retryable", detail }), hardTimeoutMs);
  });
  const sending = ctx
    .send({ channel: parsed.spec, notification, posted })
    .catch((error: Error): SendOutcome => ({ outcome: "retryable", detail: `Sending failed: ${error.message}` }));
  return Promise.race([sending, tooLong]).finally(() => clearTimeout(timer));
}

/** Real milliseconds; null: no retry. Requested messages are tried once, because the requester waits for the result. */
function retryOf(ctx: NotifyContext, delivery: ClaimedDelivery, outcome: SendOutcome, channelType: string) {
  if (outcome.outcome !== "retryable" || isAskedFor(delivery.notification)) return null;
  const first = delivery.firstAttemptAt ?? ctx.clock.now();
  return nextAttempt({
    channelType,
    attempts: delivery.attempts + 1,
    sinceFirstMs: ctx.clock.toRealMs(ctx.clock.now().getTime() - first.getTime()),
    afterMs: outcome.afterMs,
    chance: Math.random(),
  });
}

/** A message silenced after it was decided is not sent. */
async function withdrawIfMuted(ctx: NotifyContext, delivery: ClaimedDelivery): Promise<boolean> {
  const { notification, kind } = delivery;
  const firing = notification.alerts.filter((alert) => alert.status === "firing");
  if (kind === "test" || kind === "acknowledge" || notification.status !== "firing" || firing.length === 0)
    return false;
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock.now();
    const mute = await findMuteReason(tx, now);
    const reasons = firing.map((alert) => mute(alert));
    if (reasons.some((reason) => reason === null)) return false;
    await lockThread(tx, delivery.channel, delivery.threadKey);
    await withdraw(tx, delivery.id, `Meanwhile: ${reasons[0]}.`);
    if (delivery.incidentId !== null) {
      const message = `${notification.receiver} is not told any more through ${delivery.channel}: ${reasons[0]} meanwhile.`;
      await addIncidentEvent(tx, { incidentId: delivery.incidentId, at: now, kind: "not_notified", message });
    }
    await queueNextOfThread(tx, delivery.channel, delivery.threadKey);
    return true;
  });
}
