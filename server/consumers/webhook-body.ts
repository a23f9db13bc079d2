import { addHours, formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import type { ClaimedMessage } from "./claim-message.ts";
import { toToldFigures } from "./message-figures.ts";

/** What a webhook receives, the same at every attempt. In the shape that Standard Webhooks recommends. */
export function webhookBody(message: ClaimedMessage, publicUrl: string): string {
  const { event, eventType, consumer, hour, runHours, revision, previousRevision, queuedAt, before, after } = message;
  const last = runHours === null ? hour : addHours(hour, runHours - 1);
  const type = encodeURIComponent(eventType);
  const readyUrl = `${publicUrl}/api/v1/event-types/${type}/hours/${formatHour(last)}/ready?consumer=${encodeURIComponent(consumer)}`;
  const run = runHours === null ? {} : { throughHour: formatHour(last), hours: runHours };
  const { state, ready } = after;
  const figures = { before: before && toToldFigures(before), after: toToldFigures(after) };
  return JSON.stringify({
    type: event === "run" ? "run.complete" : `hour.${event}`,
    timestamp: formatInstant(queuedAt),
    data: {
      eventType,
      hour: formatHour(hour),
      ...run,
      state,
      ready,
      revision,
      previousRevision,
      ...figures,
      readyUrl,
    },
  });
}
