import { readName } from "../protocol/names.ts";
import { aheadMs } from "../protocol/promises.ts";
import { isCount, isText } from "../protocol/values.ts";
import { type Collection, type ResourceLane, readingKey, type SeenResource, type SourceReading } from "./collection.ts";

/** More resources than a source can have without a mistake in its patterns or its project. */
export const maxResources = 50_000;
const maxId = 400;

/** What of a collection can be kept: the same bounds for every kind of source, whatever it answered. */
export function checkCollection({ resources, readings, problems, ...rest }: Collection, now: Date): Collection {
  const refused: string[] = [];
  const latestMs = now.getTime() + aheadMs;
  const kept: SeenResource[] = [];
  const seen = new Set<string>();
  for (const resource of resources.slice(0, maxResources)) {
    const { kind, id, lanes } = resource;
    if (!isText(id, maxId)) {
      refused.push(`A ${kind} has an id of more than ${maxId} characters or with control characters. It is not read.`);
      continue;
    }
    refused.push(...lanes.filter((lane) => !isLane(lane)).map((lane) => sayUnfit(resource, lane)));
    kept.push({ ...resource, lanes: lanes.filter(isLane).map(normalised) });
    seen.add(readingKey(resource, ""));
  }
  if (resources.length > maxResources)
    refused.push(
      `${resources.length} resources were found, and ${maxResources} are read. Split the source, or ask for fewer.`,
    );
  const usable = readings.filter((reading) => {
    if (!seen.has(readingKey(reading.resource, ""))) return false;
    const fault = faultOfReading(reading, latestMs);
    if (fault !== null) refused.push(`${reading.resource.kind} ${reading.resource.id}: ${reading.metric} ${fault}.`);
    return fault === null;
  });
  return { ...rest, resources: kept, readings: usable, problems: [...problems, ...refused] };
}

function sayUnfit({ kind, id }: SeenResource, { eventType, datacenter, retentionSeconds }: ResourceLane): string {
  const name = [eventType, datacenter].find((each) => readName(each) === null);
  if (name === undefined) return `${kind} ${id} has an invalid retention: ${retentionSeconds} s.`;
  return `The pattern of ${kind} ${id} gives ${JSON.stringify(name)}, which is not a valid name. Change the pattern.`;
}

/** As the names in messages are: equal-looking names are equal. */
function normalised(lane: ResourceLane): ResourceLane {
  const eventType = readName(lane.eventType) ?? lane.eventType;
  return { ...lane, eventType, datacenter: readName(lane.datacenter) ?? lane.datacenter };
}

function isLane({ eventType, datacenter, retentionSeconds }: ResourceLane): boolean {
  return (
    readName(eventType) !== null &&
    readName(datacenter) !== null &&
    (retentionSeconds === null || (isCount(retentionSeconds) && retentionSeconds > 0 && retentionSeconds < 2 ** 31))
  );
}

function faultOfReading({ value, text, at, counts = [] }: SourceReading, latestMs: number): string | null {
  if (!(at.getTime() >= 0)) return "has a point without a valid time";
  if (at.getTime() > latestMs) return `has a point at ${at.toISOString()}, more than 10 minutes ahead of now`;
  if (value === null && text === null) return "has a point without a value";
  if (value !== null && !Number.isFinite(value)) return "has a value that is not a number";
  if (text !== null && !isText(text, maxId)) return "has a text that cannot be stored";
  return counts.every(({ count }) => isCount(count)) ? null : "has a count that is negative or too large";
}
