import { formatHour, parseHour } from "../hour.ts";
import { parseInstant } from "../instant.ts";
import type { CloudStorageSpec } from "./cloud-storage-spec.ts";
import type { Collection, SeenResource, SourceEvent, SourceReading } from "./collection.ts";
import { mapResource } from "./map-resource.ts";

/** A notification of Cloud Storage: https://cloud.google.com/storage/docs/pubsub-notifications */
export type ObjectNotification = Readonly<Record<string, string>>;

const finalized = "OBJECT_FINALIZE";
/** The same of a look. */
const mostProblems = 20;

/** Hour-closed markers from notifications of marker objects. Everything else in the subscription says nothing. */
export function collectCloudStorage(
  spec: CloudStorageSpec,
  notifications: readonly ObjectNotification[],
  calls: number,
): Collection {
  const events: SourceEvent[] = [];
  const problems = new Set<string>();
  const resources = new Map<string, SeenResource>();
  const readings = new Map<string, SourceReading>();
  for (const { eventType, bucketId, objectId, objectGeneration = "", eventTime } of notifications) {
    if (eventType !== finalized) continue;
    if (!bucketId || !objectId) {
      problems.add("A notification names no bucket and object. Read a subscription of Cloud Storage's notifications.");
      continue;
    }
    if (objectId !== spec.marker && !objectId.endsWith(`/${spec.marker}`)) continue;
    const name = `${bucketId}/${objectId}`;
    const mapped = mapResource(spec.objects, name);
    if (mapped === null) {
      resources.set(bucketId, { kind: "bucket", id: bucketId, lanes: [] });
      problems.add(`No mapping matches the marker ${name}.`);
      continue;
    }
    const time = parseInstant(eventTime ?? "");
    const hour = parseHour(mapped.fill(mapped.mapping.hour));
    if (time === null || hour === null) {
      const what =
        hour === null ? `"${mapped.fill(mapped.mapping.hour)}" is not an hour` : "its eventTime is not an instant";
      problems.add(`The marker ${name} closes nothing: ${what}.`);
      continue;
    }
    const { datacenter } = mapped;
    const marks = mapped.eventTypes.map((each) => ({
      eventType: each,
      hour: formatHour(hour),
      location: `gs://${name}`,
    }));
    events.push({
      type: "tidemark.hour-closed.v1",
      id: `${name}#${objectGeneration}`,
      time,
      data: { dc: datacenter, marks },
    });
    for (const each of mapped.eventTypes) {
      const resource = { kind: "marker", id: `${bucketId}: ${each} at ${datacenter}` } as const;
      resources.set(resource.id, {
        ...resource,
        lanes: [{ eventType: each, datacenter, stage: null, retentionSeconds: null }],
      });
      const known = readings.get(resource.id);
      if (known && known.at >= time) continue;
      readings.set(resource.id, {
        resource,
        metric: "closed_hour",
        value: null,
        text: formatHour(hour),
        at: time,
        sampledSeconds: 0,
      });
    }
  }
  return {
    events,
    readings: [...readings.values()],
    resources: [...resources.values()],
    problems: [...problems].slice(0, mostProblems),
    calls,
  };
}
