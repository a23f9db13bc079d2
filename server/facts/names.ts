import { type Batch, singleKinds } from "#domain/merge.ts";
import type { NameKind } from "#domain/name-limits.ts";
import { type Message, namedBy } from "#domain/protocol.ts";

export type Names = Record<NameKind, Set<string>>;

export interface Ids {
  eventType(name: string): number;
  datacenter(name: string): number;
  reporter(name: string): number;
}

/** The names whose ids a batch needs. */
export function namesOfBatch(batch: Batch): Names {
  const names = noNames();
  for (const { eventType, reporter } of batch.counts.values()) {
    names.event_type.add(eventType);
    names.reporter.add(reporter);
  }
  for (const { reporter } of batch.finals.values()) names.reporter.add(reporter);
  for (const rows of [batch.closings, batch.markers, ...singleKinds.map((kind) => batch[kind])]) {
    for (const row of rows.values()) if ("eventType" in row) names.event_type.add(row.eventType);
  }
  for (const dc of batch.lastSeen.keys()) names.datacenter.add(dc);
  for (const { dc } of batch.deployment.values()) if (dc !== null) names.datacenter.add(dc);
  return names;
}

/** The same for messages not folded yet. */
export function namesOfMessages(messages: readonly Message[]): Names {
  const names = noNames();
  for (const message of messages) {
    if (message.dc !== null) names.datacenter.add(message.dc);
    for (const { eventType } of namedBy(message).types) names.event_type.add(eventType);
    if (message.kind !== "counters") continue;
    if (message.reports.length > 0 || message.final) names.reporter.add(message.reporter);
  }
  return names;
}

function noNames(): Names {
  return { event_type: new Set(), datacenter: new Set(), reporter: new Set() };
}
