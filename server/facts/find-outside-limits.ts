import { type Fault, maxFaults } from "#domain/fault.ts";
import type { Message } from "#domain/protocol.ts";
import { type IngestLimits, isNamed, listPatterns } from "#server/access/index.ts";

/** Parts of a message outside its token's limits. A message about every datacenter is outside any datacenter limit. */
export function findOutsideLimits(message: Message, limits: IngestLimits): Fault[] {
  const faults: Fault[] = [];
  const { datacenters, eventTypes } = limits;
  if (!isNamed(message.dc, datacenters)) {
    const named = message.dc === null ? "every datacenter" : JSON.stringify(message.dc);
    faults.push({
      pointer: "/data/dc",
      detail: `${named} is outside the token's datacenters: ${listPatterns(datacenters)}.`,
    });
  }
  if (eventTypes.length === 0) return faults;
  const known = new Map<string, boolean>();
  for (const [pointer, eventType] of eventTypesOf(message)) {
    const isInside = known.get(eventType) ?? isNamed(eventType, eventTypes);
    known.set(eventType, isInside);
    if (isInside || faults.length >= maxFaults) continue;
    const detail = `${JSON.stringify(eventType)} is outside the token's event types: ${listPatterns(eventTypes)}.`;
    faults.push({ pointer, detail });
  }
  return faults;
}

function eventTypesOf(message: Message): [pointer: string, eventType: string][] {
  if (message.kind === "backlog") return [["/data/eventType", message.eventType]];
  if (message.kind === "counters") {
    return message.reports.map(({ eventType }, index) => [`/data/reports/${index}/eventType`, eventType]);
  }
  if (message.kind !== "watermark" && message.kind !== "hour-closed") return [];
  return message.marks.map(({ eventType }, index) => [`/data/marks/${index}/eventType`, eventType]);
}
