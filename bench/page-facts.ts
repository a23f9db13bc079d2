import { formatHour, type Hour, hourEnd } from "#domain/hour.ts";
import { type CloudEvent, countersMessage, watermarkMessage } from "#simulator/messages.ts";
import type { PagedType } from "./page-catalogue.ts";

export const producedEvents = 1_000;
export const lossyEvents = 900;

/** Sent before anything is measured: a tenth of the hour is missing, but it is not closed, so it must not page. */
export function lossyCounts(paged: readonly PagedType[], hour: Hour): CloudEvent[] {
  return paged.flatMap((type) => [
    count(type, hour, "produced", producedEvents),
    count(type, hour, "delivered", lossyEvents),
  ]);
}

/** The fact: the hour is closed, and what is missing now is lost. */
export function closing({ name, datacenter }: PagedType, hour: Hour): CloudEvent {
  const marks = [{ eventType: name, watermark: hourEnd(hour) }];
  return watermarkMessage({ dc: datacenter, instance: "exporter", at: new Date(), about: name, marks });
}

/** The missing events arrive: the incident ends. */
export function recovery(type: PagedType, hour: Hour): CloudEvent {
  return count(type, hour, "delivered", producedEvents);
}

function count(
  { name, datacenter }: PagedType,
  hour: Hour,
  stage: "produced" | "delivered",
  events: number,
): CloudEvent {
  return countersMessage({
    dc: datacenter,
    instance: "exporter",
    at: new Date(),
    stage,
    about: `${name}/${events}`,
    reports: [{ eventType: name, hour: formatHour(hour), events }],
  });
}
