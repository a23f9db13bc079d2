import { parseChannel } from "#domain/channel.ts";
import { supersedes } from "#domain/notification/supersedes.ts";
import { isAskedFor, type Notification, type SendOutcome } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";
import { type Attempt, type ClaimedDelivery, type Producer, sendWithin } from "#server/outbox/index.ts";
import { addIncidentEvent } from "./add-incident-event.ts";
import type { NotifyContext } from "./context.ts";
import { findMuteReason } from "./find-mute-reason.ts";
import { type ChannelDelivery, recordResult } from "./record-result.ts";

/** A message that waited longer is checked again: it may have been silenced meanwhile. */
const freshForMs = 5_000;

/** Sends notifications to channels, unless they are no longer needed. */
export function channelProducer(ctx: NotifyContext): Producer {
  return { name: "channel", attempt: (delivery) => attempt(ctx, delivery as ChannelDelivery) };
}

async function attempt(ctx: NotifyContext, delivery: ChannelDelivery): Promise<Attempt> {
  const { receiver, body: notification } = delivery;
  const { spec, posted, isOver, later } = await loadSurroundings(ctx.database.sql, delivery);
  if (isOver) return withdrawn("The incident is resolved, and its resolution is notified.");
  const newer = later.find((other) => supersedes(other.notification, notification));
  if (newer) return withdrawn(`Superseded by delivery ${newer.id}.`);
  const muted = await findMute(ctx, delivery);
  if (muted) return muted;
  const parsed = spec === null ? null : parseChannel(spec);
  const isOnce = isAskedFor(notification);
  if (parsed?.ok && !parsed.spec.enabled && !isOnce) return withdrawn(`Channel "${receiver}" is disabled.`);
  const channelType = parsed?.ok ? parsed.spec.type : "unknown";
  const outcome = await send(ctx, delivery, parsed, posted);
  return {
    outcome,
    // Whoever asked for it waits for the result.
    retry: isOnce ? null : "page",
    onRecorded: (tx, state) => recordResult(tx, { delivery, outcome, state, channelType, at: ctx.clock.now() }),
  };
}

function withdrawn(detail: string): Attempt {
  return { outcome: { outcome: "withdrawn", detail }, retry: null };
}

async function send(
  ctx: NotifyContext,
  { receiver, body: notification }: ChannelDelivery,
  parsed: ReturnType<typeof parseChannel> | null,
  posted: Record<string, string> | null,
): Promise<SendOutcome> {
  if (!parsed) return { outcome: "permanent", detail: `Channel "${receiver}" was deleted.` };
  if (!parsed.ok) {
    const faults = parsed.faults.map((fault) => `${fault.pointer} ${fault.detail}`).join("; ");
    return { outcome: "permanent", detail: `Channel "${receiver}" is invalid: ${faults}` };
  }
  return sendWithin(() => ctx.send({ channel: parsed.spec, notification, posted }));
}

/** A message silenced after it was decided is not sent. */
async function findMute(ctx: NotifyContext, delivery: ChannelDelivery): Promise<Attempt | null> {
  const { body: notification, kind, incidentId, receiver } = delivery;
  const now = ctx.clock.now();
  const firing = notification.alerts.filter((alert) => alert.status === "firing");
  if (kind === "test" || kind === "acknowledge" || notification.status !== "firing" || firing.length === 0) return null;
  if (ctx.clock.toRealMs(now.getTime() - delivery.createdAt.getTime()) <= freshForMs) return null;
  const mute = await findMuteReason(ctx.database.sql, now);
  const reasons = firing.map((alert) => mute(alert));
  if (reasons.some((reason) => reason === null)) return null;
  const message = `Delivery to ${notification.receiver} (${receiver}) was withdrawn: ${reasons[0]} meanwhile.`;
  return {
    ...withdrawn(`Meanwhile: ${reasons[0]}.`),
    async onRecorded(tx) {
      if (incidentId !== null) await addIncidentEvent(tx, { incidentId, at: now, kind: "not_notified", message });
    },
  };
}

interface Surroundings {
  /** null: the channel is gone. */
  spec: unknown;
  /** The channel's own id of the thread's message, if it accepted one. */
  posted: Record<string, string> | null;
  /** It says an incident continues, which has ended, and no later message in the thread says so. */
  isOver: boolean;
  later: { id: number; notification: Notification }[];
}

async function loadSurroundings(sql: Sql, { id }: ClaimedDelivery): Promise<Surroundings> {
  const { rows } = await sql.query<Surroundings>(
    `SELECT channel.spec,
            (SELECT sent.receipt FROM delivery sent
              WHERE sent.receiver = delivery.receiver AND sent.thread_key = delivery.thread_key
                AND sent.receipt IS NOT NULL AND sent.id < delivery.id
              ORDER BY sent.id DESC LIMIT 1) AS posted,
            -- decided while the incident was being resolved: nothing follows its end
            (delivery.kind <> 'test' AND delivery.body->>'status' = 'firing' AND delivery.thread_key LIKE 'tidemark:%'
              AND EXISTS (SELECT FROM incident WHERE id = delivery.incident_id AND state = 'resolved')
              AND NOT EXISTS (SELECT FROM delivery later
                               WHERE later.receiver = delivery.receiver AND later.thread_key = delivery.thread_key
                                 AND later.id > delivery.id AND later.body->>'status' = 'resolved')) AS "isOver",
            (SELECT coalesce(jsonb_agg(jsonb_build_object('id', later.id, 'notification', later.body) ORDER BY later.id), '[]')
               FROM delivery later
              WHERE later.receiver = delivery.receiver AND later.thread_key = delivery.thread_key
                AND later.state = 'queued' AND later.id > delivery.id) AS later
       FROM delivery LEFT JOIN channel ON channel.name = delivery.receiver
      WHERE delivery.id = $1`,
    [id],
  );
  // Deleted since it was claimed: recording finds nothing.
  return rows[0] ?? { spec: null, posted: null, isOver: true, later: [] };
}
