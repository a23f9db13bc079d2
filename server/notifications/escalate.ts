import type { Notification } from "#domain/notification.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql, Transaction } from "#server/db/database.ts";
import { loadOnCall } from "#server/on-call/index.ts";
import { addIncidentEvent } from "./add-incident-event.ts";
import { loadTree } from "./load-tree.ts";
import { loadIncidents, toNotified } from "./notified-incident.ts";
import { channelsOf, onCallWords } from "./on-call.ts";
import { incidentThread } from "./split-notification.ts";
import { writeDelivery } from "./write-delivery.ts";

export interface EscalationStep {
  incidentId: bigint;
  receiver: string;
  /** Index into the receiver's escalation. */
  step: number;
}

/** After a failure, others go first. */
const postponeSeconds = 10;

/** Written with the page, for the case that it is not acknowledged. An incident's first page sets the times. */
export async function scheduleEscalation(tx: Sql, step: EscalationStep, realMs: number): Promise<void> {
  await tx.query(
    `INSERT INTO escalation (incident_id, receiver, step, due_at)
     VALUES ($1, $2, $3, now() + make_interval(secs => $4::float8 / 1000))
     ON CONFLICT DO NOTHING`,
    [step.incidentId, step.receiver, step.step, realMs],
  );
}

/** Acknowledged or resolved: no one else is paged. */
export async function withdrawEscalations(tx: Sql, incidentId: bigint): Promise<void> {
  await tx.query("DELETE FROM escalation WHERE incident_id = $1", [incidentId]);
}

/** Takes the escalation that is due first; false: none is. */
export async function escalateNext({ ctx }: { ctx: Pick<Context, "database" | "clock"> }): Promise<boolean> {
  const { sql } = ctx.database;
  const [due] = await sql.rows<EscalationStep>(
    `SELECT incident_id AS "incidentId", receiver, step FROM escalation WHERE due_at <= now() ORDER BY due_at LIMIT 1`,
  );
  if (!due) return false;
  try {
    await ctx.database.transaction((tx) => escalate(tx, due, ctx.clock.now()));
  } catch (error) {
    await sql.query(
      `UPDATE escalation SET due_at = now() + make_interval(secs => $4)
        WHERE incident_id = $1 AND receiver = $2 AND step = $3`,
      [due.incidentId, due.receiver, due.step, postponeSeconds],
    );
    throw error;
  }
  return true;
}

/** Notifies the next channels if the incident is still open. */
async function escalate(tx: Transaction, { incidentId, receiver, step }: EscalationStep, at: Date): Promise<void> {
  // FOR SHARE, and before the escalation's own row, as who acknowledges locks them: that commits first and is seen, or sees the escalation as sent.
  await tx.query("SELECT FROM incident WHERE id = $1 FOR SHARE", [incidentId]);
  const taken = await tx.query("DELETE FROM escalation WHERE incident_id = $1 AND receiver = $2 AND step = $3", [
    incidentId,
    receiver,
    step,
  ]);
  // Zero rows: another process took it, or it was acknowledged.
  if (taken.rowCount !== 1) return;
  const incident = (await loadIncidents(tx, [incidentId])).get(incidentId);
  const next = (await loadTree(tx)).receivers.get(receiver)?.escalation[step];
  const page = await loadLastPage(tx, incidentId, receiver);
  if (incident?.state !== "open" || !next || !page) return;
  const thread = { threadKey: incidentThread(incident), incident: toNotified(incident) };
  // Whoever is on call now, not when the incident began.
  const onCall = await loadOnCall(tx, next.onCall, at);
  let written = 0;
  for (const channel of channelsOf(next, onCall)) {
    const dedupKey = `tidemark-escalate-${incidentId}-${step}-${encodeURIComponent(receiver)}-${encodeURIComponent(channel)}`;
    const notification: Notification = { ...page, ...thread, kind: "escalate", dedupKey, at: at.toISOString() };
    if (await writeDelivery(tx, { channel, notification, incidentId, at })) written += 1;
  }
  if (written === 0) return;
  const message = `Not acknowledged: escalating to ${[...onCall.map(onCallWords), ...next.channels].join(", ")}`;
  await addIncidentEvent(tx, { incidentId, at, kind: "escalated", message, detail: { receiver, step } });
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
