import { decideHourEvent, type ReportedHour } from "#domain/subscription.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { hourMessage } from "./hour-message.ts";
import { loadKnowledge, type SubscribedHour, subscribedHours } from "./load-knowledge.ts";
import { loadListeners } from "./load-listeners.ts";
import { queueMessages } from "./queue-messages.ts";

const mostTypes = 100;
const mostHours = 1_000;

/**
 * Sends amendments once their changes have settled: known figures are compared with the current verdict, and an
 * amendment that cancelled out is dropped. Any number of processes may run it at once. Returns how many hours it decided.
 */
export async function sendAmendments({ ctx }: { ctx: Context }): Promise<number> {
  requireScope(ctx, "admin");
  const now = ctx.clock.now();
  const { rows } = await ctx.database.sql.query<{ id: number }>(
    `SELECT DISTINCT event_type_id AS id FROM pending_amendment WHERE due_at <= $1 ORDER BY 1 LIMIT $2`,
    [now, mostTypes],
  );
  let decided = 0;
  for (const { id } of rows) decided += await ctx.database.transaction((tx) => sendOfType(tx, id, now));
  return decided;
}

async function sendOfType(tx: Sql, eventTypeId: number, now: Date): Promise<number> {
  // The judge's own row lock: neither writes about an hour while the other decides about it.
  await tx.query("SELECT FROM event_type WHERE id = $1 FOR NO KEY UPDATE", [eventTypeId]);
  const listeners = new Map((await loadListeners(tx, [eventTypeId])).map((listener) => [listener.id, listener]));
  const due = await takeDue(tx, eventTypeId, now);
  const hours = due.flatMap(({ subscriptionId, hour, verdict }) => {
    const listener = listeners.get(subscriptionId);
    return listener && verdict ? [{ listener, hour, after: verdict }] : [];
  });
  const knowledgeOf = await loadKnowledge(tx, hours);
  const messages = [];
  const rested: SubscribedHour[] = [];
  for (const each of hours) {
    const { listener, after } = each;
    const knowledge = knowledgeOf(each);
    const wanted = new Set(listener.events);
    const decided = decideHourEvent({ ...knowledge, before: after, after, terms: listener.terms, wanted });
    if (decided) messages.push(hourMessage({ ...each, ...decided, knowledge }));
    // Its comparison figures are stored nowhere else.
    else if (!knowledge.sent && !knowledge.read) rested.push(each);
  }
  await queueMessages(tx, messages, now);
  await forget(tx, due, rested);
  // A judge skipped the type while it was locked: wake it.
  await tx.query("SELECT pg_notify('tidemark_dirty', '')");
  return due.length;
}

interface DueAmendment {
  subscriptionId: string;
  hour: Date;
  /** null: it no longer exists. */
  verdict: ReportedHour | null;
}

async function takeDue(tx: Sql, eventTypeId: number, now: Date): Promise<DueAmendment[]> {
  const { rows } = await tx.query<{ subscriptionId: string; hour: Date } & (ReportedHour | { state: null })>(
    `SELECT p.subscription_id AS "subscriptionId", p.hour, v.state, v.revision, v.known, v.produced, v.delivered, v.lost,
            v.duplicated, v.skewed, v.accepted_by_correction IS NOT NULL AS accepted
       FROM pending_amendment p
       LEFT JOIN verdict v ON v.event_type_id = p.event_type_id AND v.hour = p.hour
      WHERE p.event_type_id = $1 AND p.due_at <= $2
      ORDER BY p.due_at, p.subscription_id, p.hour LIMIT $3
        FOR UPDATE OF p`,
    [eventTypeId, now, mostHours],
  );
  return rows.map(({ subscriptionId, hour, ...verdict }) => ({
    subscriptionId,
    hour,
    verdict: verdict.state === null ? null : (verdict as ReportedHour),
  }));
}

/** Settled small changes stay stored; all others are decided, or have no recipient. */
async function forget(tx: Sql, due: readonly DueAmendment[], rested: readonly SubscribedHour[]): Promise<void> {
  await tx.query(
    `UPDATE pending_amendment p SET due_at = NULL
       FROM ${subscribedHours.from("k")}
      WHERE p.subscription_id = k.subscription_id AND p.hour = k.hour`,
    subscribedHours.values(rested.map(({ listener, hour }) => ({ subscriptionId: listener.id, hour }))),
  );
  await tx.query(
    `DELETE FROM pending_amendment p
      USING ${subscribedHours.from("k")}
      WHERE p.subscription_id = k.subscription_id AND p.hour = k.hour AND p.due_at IS NOT NULL`,
    subscribedHours.values(due),
  );
}
