import type { Notification } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";
import { addJob, removeJob } from "#server/jobs/index.ts";
import { addIncidentEvent } from "./add-incident-event.ts";
import type { NotifyContext } from "./context.ts";
import { loadTree } from "./load-tree.ts";
import { loadIncidents, toNotified } from "./notified-incident.ts";
import { incidentThread } from "./split-notification.ts";
import { writeDelivery } from "./write-delivery.ts";

export interface EscalationStep {
  incidentId: bigint;
  receiver: string;
  /** Index into the receiver's escalation. */
  step: number;
}

const jobKey = ({ incidentId, receiver, step }: EscalationStep) =>
  `escalate:${incidentId}:${step}:${encodeURIComponent(receiver).slice(0, 300)}`;

/** Queued with the page, to run if it is not acknowledged. An incident's first page sets the times. */
export async function queueEscalation(tx: Sql, step: EscalationStep, runInMs: number): Promise<void> {
  const payload = { incidentId: String(step.incidentId), receiver: step.receiver, step: step.step };
  await addJob(tx, { task: "escalate", payload, key: jobKey(step), runInMs, keepsRunAt: true });
}

/** Acknowledged or resolved: no one else is paged. */
export async function withdrawEscalations(tx: Sql, incidentId: bigint): Promise<void> {
  const { rows } = await tx.query<{ key: string }>(
    "SELECT key FROM graphile_worker._private_jobs WHERE key LIKE $1 ORDER BY key",
    [`escalate:${incidentId}:%`],
  );
  for (const { key } of rows) await removeJob(tx, key);
}

/** Notifies the next channels if the incident is still open. A job that was running during an acknowledgement detects it here. */
export async function escalate({ ctx, input }: { ctx: NotifyContext; input: EscalationStep }): Promise<void> {
  await ctx.database.transaction(async (tx) => {
    const { incidentId, receiver, step } = input;
    // FOR SHARE: sees an acknowledgement that commits first; a later one sees the escalation as sent
    const { rowCount } = await tx.query("SELECT FROM incident WHERE id = $1 AND state = 'open' FOR SHARE", [
      incidentId,
    ]);
    if (rowCount !== 1) return;
    const next = (await loadTree(tx)).receivers.get(receiver)?.escalation[step];
    const page = await loadLastPage(tx, incidentId, receiver);
    if (!next || !page) return;
    const at = ctx.clock.now();
    const incident = (await loadIncidents(tx, [incidentId])).get(incidentId);
    if (!incident) return;
    const thread = { threadKey: incidentThread(incident), incident: toNotified(incident) };
    let written = 0;
    for (const channel of next.channels) {
      const dedupKey = `tidemark-escalate-${incidentId}-${step}-${encodeURIComponent(receiver)}-${encodeURIComponent(channel)}`;
      const notification: Notification = { ...page, ...thread, kind: "escalate", dedupKey, at: at.toISOString() };
      if (await writeDelivery(tx, { channel, notification, incidentId, at })) written += 1;
    }
    if (written === 0) return;
    const message = `Nobody acknowledged: escalating to ${next.channels.join(", ")}`;
    await addIncidentEvent(tx, { incidentId, at, kind: "escalated", message, detail: { receiver, step } });
  });
}

async function loadLastPage(tx: Sql, incidentId: bigint, receiver: string): Promise<Notification | null> {
  const { rows } = await tx.query<{ body: Notification }>(
    `SELECT body FROM delivery
      WHERE incident_id = $1 AND body->>'receiver' = $2 AND body->>'status' = 'firing' AND kind IN ('notify', 'repeat')
      ORDER BY id DESC LIMIT 1`,
    [incidentId, receiver],
  );
  return rows[0]?.body ?? null;
}
