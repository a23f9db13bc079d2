import { type Fault, maxFaults } from "#domain/fault.ts";
import { type Message, namedBy } from "#domain/protocol.ts";
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
  const { types, at } = namedBy(message);
  for (const [index, { eventType }] of types.entries()) {
    const isInside = known.get(eventType) ?? isNamed(eventType, eventTypes);
    known.set(eventType, isInside);
    if (isInside || faults.length >= maxFaults) continue;
    const detail = `${JSON.stringify(eventType)} is outside the token's event types: ${listPatterns(eventTypes)}.`;
    faults.push({ pointer: `${at(index)}/eventType`, detail });
  }
  return faults;
}
