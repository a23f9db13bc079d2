import type { DiscoveredConsumerJson } from "#domain/api/lineage.ts";

/** A job, with the event types that it reads. */
export interface DiscoveredJob
  extends Pick<DiscoveredConsumerJson, "consumer" | "jobNamespace" | "jobName" | "dismissedAt" | "dismissedBy"> {
  eventTypes: string[];
  /** Of any of them. */
  lastSeenAt: string;
}

/** One row for each job, however many event types it reads; those seen last come first. */
export function jobsOf(found: readonly DiscoveredConsumerJson[]): DiscoveredJob[] {
  const jobs = new Map<string, DiscoveredJob>();
  for (const { consumer, jobNamespace, jobName, eventType, lastSeenAt, dismissedAt, dismissedBy } of found) {
    const key = JSON.stringify([consumer, jobNamespace, jobName]);
    const known = jobs.get(key);
    if (known) {
      known.eventTypes.push(eventType);
      if (lastSeenAt > known.lastSeenAt) known.lastSeenAt = lastSeenAt;
    } else {
      jobs.set(key, { consumer, jobNamespace, jobName, eventTypes: [eventType], lastSeenAt, dismissedAt, dismissedBy });
    }
  }
  return [...jobs.values()].sort(
    (one, other) =>
      other.lastSeenAt.localeCompare(one.lastSeenAt) || one.consumer.localeCompare(other.consumer, "en-GB"),
  );
}

/** "EndSong and 2 more event types". */
export function typesText(eventTypes: readonly string[]): string {
  const [first = "", second] = eventTypes;
  if (eventTypes.length === 1) return first;
  return eventTypes.length === 2 ? `${first} and ${second}` : `${first} and ${eventTypes.length - 1} more event types`;
}
