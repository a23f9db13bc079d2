import { defaultTolerance } from "#domain/catalogue.ts";
import { formatHour, hourEnd } from "#domain/hour.ts";
import { isReady } from "#domain/readiness.ts";
import { countsMoved, isChanged } from "#domain/revision.ts";
import { decideHourEvent } from "#domain/subscription.ts";
import type { Sql } from "#server/db/database.ts";
import type { JudgedHour } from "#server/hours/write-verdicts.ts";
import { findRuns } from "./find-runs.ts";
import { type Listener, loadListeners, loadTold, type ToldHour, toldKey } from "./load-told.ts";
import { type NewMessage, queueMessages } from "./queue-messages.ts";

/**
 * Queues what subscriptions are told of these verdicts, in the judge's own transaction: a verdict and the message that it
 * asks for exist together or not at all. The judge holds the types, so the messages of an hour come one after the other.
 */
export async function tellSubscribers(tx: Sql, judged: readonly JudgedHour[], now: Date): Promise<void> {
  const changed = judged.filter((hour) => isChanged(hour.before, hour.judgement));
  if (changed.length === 0) return;
  const listeners = await loadListeners(tx, [...new Set(changed.map((hour) => hour.eventTypeId))]);
  if (listeners.length === 0) return;
  const pairs = listeners.flatMap((listener) =>
    changed
      .filter((hour) => concerns(listener, hour))
      .map((hour) => ({ listener, subscriptionId: listener.id, hour: hour.hour, judged: hour })),
  );
  const told = await loadTold(tx, pairs);
  const messages = pairs.flatMap(({ listener, judged: hour }) =>
    messageOf(listener, hour, told.get(toldKey(listener.id, hour.hour)) ?? null),
  );
  const runs = await findRuns(tx, pairs.filter(becameReady));
  await queueMessages(tx, [...messages, ...runs], now);
}

/** Hours that were over when it subscribed and are judged for the first time are history, not news. */
function concerns(listener: Listener, hour: JudgedHour): boolean {
  if (listener.eventTypeId !== hour.eventTypeId) return false;
  return hour.before.revision > 0 || hourEnd(hour.hour) > listener.createdAt;
}

function messageOf(listener: Listener, hour: JudgedHour, told: ToldHour | null): NewMessage[] {
  const after = { ...hour.judgement, revision: hour.revision };
  const terms = termsOf(listener);
  const moved = countsMoved(hour.before, hour.judgement);
  const event = decideHourEvent({ before: hour.before, after, moved, told, terms, wanted: new Set(listener.events) });
  if (event === null) return [];
  const sequence = (told?.sequence ?? 0) + 1;
  return [
    {
      id: `${listener.id}_${formatHour(hour.hour)}_${sequence}`,
      subscriptionId: listener.id,
      eventTypeId: hour.eventTypeId,
      hour: hour.hour,
      event,
      sequence,
      runHours: null,
      previousRevision: told?.revision ?? null,
      ready: isReady(after, terms),
      told: after,
    },
  ];
}

function becameReady({ listener, judged: { before, judgement } }: { listener: Listener; judged: JudgedHour }): boolean {
  const terms = termsOf(listener);
  return listener.runHours !== null && !isReady(before, terms) && isReady(judgement, terms);
}

function termsOf({ minCompleteness, maxDuplicated }: Listener) {
  return { minCompleteness, maxDuplicated: maxDuplicated ?? defaultTolerance };
}
