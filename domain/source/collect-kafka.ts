import { aheadMs } from "../protocol/promises.ts";
import type { Collection, SeenResource, SourceEvent, SourceReading } from "./collection.ts";
import type { KafkaSpec } from "./kafka-spec.ts";
import { lanesOf, mapResource } from "./map-resource.ts";

/** How far a group is in one partition. */
export interface PartitionLag {
  readonly partition: number;
  /** The next offset that it reads; null: it has committed none. */
  readonly committed: bigint | null;
  /** The first that is kept, and the one after the last. */
  readonly first: bigint;
  readonly end: bigint;
  /** The timestamp of the first record that waits, in milliseconds; null: none waits, or it is unknown. */
  readonly waitingSinceMs: number | null;
}

export interface TopicLag {
  readonly group: string;
  readonly topic: string;
  readonly partitions: readonly PartitionLag[];
}

const everySeconds = 60;

/** What consumer groups' lag says: how much waits since when, and until when all is delivered. `now`: before any offset was read. */
export function collectKafka(
  spec: Pick<KafkaSpec, "lanes">,
  lags: readonly TopicLag[],
  now: Date,
): Omit<Collection, "calls"> {
  const events: SourceEvent[] = [];
  const readings: SourceReading[] = [];
  const resources: SeenResource[] = [];
  const problems: string[] = [];
  for (const lag of lags) {
    const id = `${lag.group}/${lag.topic}`;
    const mapped = mapResource(spec.lanes, id);
    const resource = { kind: "group", id } as const;
    resources.push({ ...resource, lanes: lanesOf(mapped, mapped?.mapping.stage) });
    const unknown = lag.partitions.filter(isUnknown).length;
    if (unknown > 0 || lag.partitions.length === 0) {
      problems.push(
        `${id}: the group has no committed offset in ${unknown} of ${lag.partitions.length} partitions, so its backlog is unknown.`,
      );
      continue;
    }
    const messages = lag.partitions.reduce((sum, partition) => sum + waiting(partition), 0);
    const since = oldest(lag.partitions, now);
    const point = { resource, text: null, at: now, sampledSeconds: everySeconds };
    readings.push({ ...point, metric: "lag_messages", value: messages });
    if (since === undefined) {
      problems.push(`${id}: the timestamp of a waiting record is missing or invalid, so its age is unknown.`);
      continue;
    }
    const oldestAgeSeconds = since === null ? 0 : Math.max(0, (now.getTime() - since) / 1000);
    readings.push({ ...point, metric: "oldest_waiting_age_seconds", value: oldestAgeSeconds });
    if (!mapped) continue;
    const { stage, watermark, lateness } = mapped.mapping;
    const at = now.toISOString();
    for (const eventType of mapped.eventTypes) {
      const said = { dc: mapped.datacenter, eventType, stage, oldestAgeSeconds, messages };
      events.push({ type: "tidemark.backlog.v1", id: `${id}/${eventType}/backlog/${at}`, time: now, data: said });
    }
    if (!watermark) continue;
    const until = new Date(Math.min(since ?? now.getTime(), now.getTime()) - lateness * 1000).toISOString();
    const marks = mapped.eventTypes.map((eventType) => ({ eventType, watermark: until }));
    const data = { dc: mapped.datacenter, marks };
    events.push({ type: "tidemark.watermark.v1", id: `${id}/watermark/${at}`, time: now, data });
  }
  return { events, readings, resources, problems };
}

/** Messages are there, and whether the group has read them is not known. */
function isUnknown({ committed, first, end }: PartitionLag): boolean {
  return committed === null && end > first;
}

/** The next offset that the group can read: what retention deleted waits no more. */
export function nextUnread({ committed, first }: Pick<PartitionLag, "committed" | "first">): bigint {
  return committed === null || committed < first ? first : committed;
}

export function waiting(lag: PartitionLag): number {
  const from = nextUnread(lag);
  return lag.end > from ? Number(lag.end - from) : 0;
}

/** null: nothing waits. undefined: something does, and since when is unknown. */
function oldest(partitions: readonly PartitionLag[], now: Date): number | null | undefined {
  let since: number | null = null;
  for (const partition of partitions) {
    if (waiting(partition) === 0) continue;
    const found = partition.waitingSinceMs;
    if (found === null || !(found > 0) || found > now.getTime() + aheadMs) return undefined;
    since = since === null ? found : Math.min(since, found);
  }
  return since;
}
