import { formatHour } from "#domain/hour.ts";
import { isReady } from "#domain/readiness.ts";
import type { HourDecision, ReportedHour } from "#domain/subscription.ts";
import type { LoadedKnowledge, SubscribedHour } from "./load-knowledge.ts";
import type { NewMessage } from "./queue-messages.ts";

interface HourToMessage extends SubscribedHour, HourDecision {
  after: ReportedHour;
  knowledge: LoadedKnowledge;
}

/** The message for a decision about one hour. */
export function hourMessage({ listener, hour, event, known, after, knowledge }: HourToMessage): NewMessage {
  const sequence = (knowledge.sent?.sequence ?? 0) + 1;
  return {
    id: `${listener.id}_${formatHour(hour)}_${sequence}`,
    subscriptionId: listener.id,
    eventTypeId: listener.eventTypeId,
    hour,
    event,
    sequence,
    runHours: null,
    day: null,
    previousRevision: known?.revision ?? null,
    ready: isReady(after, listener.terms),
    before: known,
    sent: after,
  };
}
