import { alignColumns } from "#domain/align-columns.ts";
import type { ConsumerJson } from "#domain/api/consumers.ts";
import type { DiscoveredConsumerJson } from "#domain/api/lineage.ts";
import { minute } from "../print.ts";

/** A line per consumer of an event type, in columns. */
export function writeConsumers(consumers: readonly ConsumerJson[]): string[] {
  if (consumers.length === 0) return ["No registered consumers. `tidemark consumers discovered` lists jobs to adopt."];
  const rows = consumers.map(({ name, eventType, contact, owner, minCompleteness, subscriptions }) => [
    name,
    eventType,
    contact,
    owner ?? "none",
    minCompleteness === null ? "complete" : String(minCompleteness),
    String(subscriptions),
  ]);
  return alignColumns([["CONSUMER", "READS", "CONTACT", "TEAM", "NEEDS", "WEBHOOKS"], ...rows]);
}

export function writeDiscovered(jobs: readonly DiscoveredConsumerJson[]): string[] {
  if (jobs.length === 0) return ["No jobs. OpenLineage events sent to POST /api/v1/lineage discover them."];
  const rows = jobs.map(({ consumer, eventType, jobNamespace, jobName, lastSeenAt, dismissedBy }) => [
    consumer,
    eventType,
    `${jobName} in ${jobNamespace}`,
    minute(lastSeenAt),
    ...(dismissedBy === null ? [] : [dismissedBy]),
  ]);
  const isDismissed = jobs.some(({ dismissedBy }) => dismissedBy !== null);
  return alignColumns([["CONSUMER", "READS", "JOB", "LAST SEEN", ...(isDismissed ? ["DISMISSED BY"] : [])], ...rows]);
}
