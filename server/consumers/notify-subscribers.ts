import { hourEnd } from "#domain/hour.ts";
import { isReady } from "#domain/readiness.ts";
import { isChanged } from "#domain/revision.ts";
import { decideHourEvent, type ReportedHour } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import type { JudgedHour } from "#server/verdicts/index.ts";
import { findRuns } from "./find-runs.ts";
import { type HeldChange, holdAmendments } from "./hold-amendments.ts";
import { hourMessage } from "./hour-message.ts";
import { type LoadedKnowledge, loadKnowledge, type SubscribedHour } from "./load-knowledge.ts";
import { type Listener, loadListeners } from "./load-listeners.ts";
import { markDays } from "./mark-days.ts";
import { mostCount, mostCounts } from "./most-count.ts";
import { type NewMessage, queueMessages } from "./queue-messages.ts";

interface ChangedHour extends SubscribedHour {
  judged: JudgedHour;
}

/**
 * Queues subscriptions' messages about these verdicts in the judge's own transaction: a verdict and its message commit
 * together or not at all. An amendment is held first (sendAmendments sends it). Both hold the types' row locks, so an
 * hour's messages are written one after the other.
 */
export async function notifySubscribers(tx: Sql, judged: readonly JudgedHour[], now: Date): Promise<void> {
  const changed = judged.filter((hour) => isChanged(hour.before, hour.judgement));
  if (changed.length === 0) return;
  await markDays(tx, changed, now);
  const listeners = await loadListeners(tx, [...new Set(changed.map((hour) => hour.eventTypeId))]);
  if (listeners.length === 0) return;
  const pairs = listeners.flatMap((listener) =>
    changed
      .filter((hour) => concerns(listener, hour))
      .map((hour): ChangedHour => ({ listener, hour: hour.hour, judged: hour })),
  );
  const knowledgeOf = await loadKnowledge(tx, pairs);
  const messages: NewMessage[] = [];
  const held: HeldChange[] = [];
  for (const pair of pairs) {
    const { listener, judged: hour } = pair;
    const knowledge = knowledgeOf(pair);
    const after = figuresOf(hour.judgement, hour.revision);
    const { terms } = listener;
    const before = figuresOf(hour.before, hour.before.revision);
    const decided = decideHourEvent({ ...knowledge, before, after, terms, wanted: new Set(listener.events) });
    if (decided && decided.event !== "amended") {
      const message = hourMessage({ ...pair, ...decided, after, knowledge });
      messages.push({ ...message, traceparent: hour.traceparent });
    }
    const known = decided?.event === "amended" ? decided.known : knowledge.held;
    if (known && (decided?.event === "amended" || knowledge.isPending)) held.push({ ...pair, known, isDue: true });
    else if (!decided && !isRemembered(knowledge) && isReady(before, terms))
      held.push({ ...pair, known: { ...before, ready: true }, isDue: false });
  }
  await holdAmendments(tx, held, now);
  const runs = await findRuns(tx, pairs.filter(becameReady));
  await queueMessages(tx, [...messages, ...runs], now);
}

/** Hours that ended before the subscription and are judged for the first time are history, not news. */
function concerns(listener: Listener, hour: JudgedHour): boolean {
  if (listener.eventTypeId !== hour.eventTypeId) return false;
  return hour.before.revision > 0 || hourEnd(hour.hour) > listener.createdAt;
}

/** Counts as stored, because they are compared with stored ones later. */
function figuresOf(hour: Omit<ReportedHour, "revision">, revision: number): ReportedHour {
  return { ...hour, revision, ...mostCounts(hour), skewed: mostCount(hour.skewed) };
}

function isRemembered({ sent, read, held }: LoadedKnowledge): boolean {
  return sent !== null || read !== null || held !== null;
}

function becameReady({ listener, judged: { before, judgement } }: ChangedHour): boolean {
  return listener.runHours !== null && !isReady(before, listener.terms) && isReady(judgement, listener.terms);
}
