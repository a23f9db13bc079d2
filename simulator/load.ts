import { addHours, formatHour, type Hour } from "#domain/hour.ts";
import { stages } from "#domain/protocol.ts";
import { type CloudEvent, countersMessage, type ReportData } from "./messages.ts";

export interface LoadTerms {
  reportsPerMessage: number;
  /** The latest hour; the load spreads over `hours` of them, backwards. */
  lastHour: Hour;
  hours: number;
  eventTypes: readonly string[];
  datacenters: readonly string[];
  /** Every message's time. */
  at: Date;
  /** The count in each report: a second pass with a larger one updates every key. */
  events?: number;
}

/** Endless counter messages; no two reports of one load have the same key. */
export function* counterLoad(terms: LoadTerms): Generator<CloudEvent> {
  const { reportsPerMessage, lastHour, hours, eventTypes, datacenters, at, events = 1_000 } = terms;
  const keys = hours * eventTypes.length;
  const blocks = Math.floor(keys / reportsPerMessage);
  if (blocks < 1) {
    throw new Error(
      `${hours} hours of ${eventTypes.length} types make ${keys} keys, too few for ${reportsPerMessage} reports a message`,
    );
  }
  const names = Array.from({ length: hours }, (_, index) => addHours(lastHour, -index));
  for (let number = 0; ; number++) {
    // The number's digits, in mixed radix: datacenter, stage, block of keys, reporter.
    const dc = datacenters[number % datacenters.length] ?? "";
    const ofDatacenter = Math.floor(number / datacenters.length);
    const stage = stages[ofDatacenter % stages.length] ?? "produced";
    const ofStage = Math.floor(ofDatacenter / stages.length);
    const firstKey = (ofStage % blocks) * reportsPerMessage;
    const instance = `load-${Math.floor(ofStage / blocks) + 1}`;
    const reports: ReportData[] = [];
    for (let key = firstKey; key < firstKey + reportsPerMessage; key++) {
      const hour = names[Math.floor(key / eventTypes.length)] ?? lastHour;
      reports.push({ eventType: eventTypes[key % eventTypes.length] ?? "", hour: formatHour(hour), events });
    }
    yield countersMessage({ dc, instance, at, stage, about: `${number}/${events}`, reports });
  }
}
