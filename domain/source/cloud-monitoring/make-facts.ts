import { formatCountOf } from "../../figures.ts";
import { formatInstant } from "../../instant.ts";
import type { Stage } from "../../protocol.ts";
import type { CloudMonitoringSpec } from "../cloud-monitoring-spec.ts";
import {
  type Collection,
  type KnownReading,
  type ResourceLane,
  readingKey,
  type SeenResource,
  type SourceEvent,
  type SourceReading,
} from "../collection.ts";
import type { Mapped } from "../map-resource.ts";

type JobMapping = CloudMonitoringSpec["jobs"][number];
type SubscriptionMapping = CloudMonitoringSpec["subscriptions"][number];

/** What each id means; null: no pattern matches. */
export interface Mappers {
  subscription(id: string): Mapped<SubscriptionMapping> | null;
  job(id: string): Mapped<JobMapping> | null;
}

interface Inputs {
  readonly readings: readonly SourceReading[];
  readonly known: ReadonlyMap<string, KnownReading>;
  readonly mappers: Mappers;
  readonly retentionSeconds: number;
  readonly now: Date;
}

/** A watermark may be ahead by as much as clocks differ; what is further ahead is the infinity of a job that has ended. */
const skewSeconds = 600;
/** A job that is not seen holds its lanes' watermark back for so long: it may have been deleted, or its series may be missing. */
const heldMs = 24 * 3_600_000;
const endedStates = /done|drained|cancelled|failed|updated|finished/i;

/** The facts of readings: backlogs, watermarks, heartbeats and deployments. Only of points that were not known before. */
export function makeFacts(inputs: Inputs): Pick<Collection, "events" | "resources" | "problems"> {
  const { readings, mappers } = inputs;
  const resources = new Map<string, SeenResource>();
  for (const { resource } of readings)
    resources.set(readingKey(resource, ""), {
      ...resource,
      lanes: lanesOf(resource, mappers, inputs.retentionSeconds),
    });
  const jobs = readJobs(inputs);
  return {
    events: [...makeBacklogs(inputs, resources), ...makeWatermarks(inputs, jobs), ...jobs.flatMap(makeLiveness)],
    resources: [...resources.values()],
    problems: jobs.flatMap((job) =>
      job.mapped === null ? [] : (job.ended ?? sayVanished(job, job.mapped, inputs.now) ?? []),
    ),
  };
}

function lanesOf({ kind, id }: SourceReading["resource"], mappers: Mappers, retention: number): ResourceLane[] {
  const mapped = kind === "subscription" ? mappers.subscription(id) : mappers.job(id);
  if (mapped === null) return [];
  const { datacenter, eventTypes } = mapped;
  const mapping: { stage: Stage; retention?: number | undefined } = mapped.mapping;
  const retentionSeconds = kind === "subscription" ? (mapping.retention ?? retention) : null;
  return eventTypes.map((eventType) => ({ eventType, datacenter, stage: mapping.stage, retentionSeconds }));
}

const isNew = ({ resource, metric, at }: SourceReading, known: Inputs["known"]) => {
  const before = known.get(readingKey(resource, metric));
  return before === undefined || at > before.at;
};

interface Waiting {
  lane: ResourceLane;
  oldestAgeSeconds: number;
  messages: number | null;
  at: Date;
  isNew: boolean;
}

/** What waits before each lane's stage: of several resources the oldest age, and the sum of their messages. A job's lag stands in where no subscription is mapped. */
function makeBacklogs({ readings, known }: Inputs, resources: ReadonlyMap<string, SeenResource>): SourceEvent[] {
  const byKey = new Map(readings.map((reading) => [readingKey(reading.resource, reading.metric), reading]));
  const waiting = new Map<string, Waiting>();
  for (const metric of ["oldest_unacked_message_age", "system_lag"]) {
    const ofThis = new Map<string, Waiting>();
    for (const { kind, id, lanes } of resources.values()) {
      const age = byKey.get(readingKey({ kind, id }, metric));
      const count = byKey.get(readingKey({ kind, id }, "num_unacked_messages"));
      if (!age) continue;
      for (const lane of lanes) {
        const key = JSON.stringify([lane.eventType, lane.datacenter, lane.stage]);
        if (waiting.has(key)) continue;
        const before = ofThis.get(key);
        const messages = count?.value ?? null;
        ofThis.set(key, {
          lane,
          oldestAgeSeconds: Math.max(before?.oldestAgeSeconds ?? 0, age.value ?? 0),
          messages: before?.messages == null ? messages : before.messages + (messages ?? 0),
          at: before && before.at > age.at ? before.at : age.at,
          isNew: (before?.isNew ?? false) || isNew(age, known),
        });
      }
    }
    for (const [key, value] of ofThis) waiting.set(key, value);
  }
  return [...waiting.values()]
    .filter((each) => each.isNew)
    .map(({ lane: { eventType, datacenter: dc, stage }, oldestAgeSeconds, messages, at }) =>
      event("backlog", `${eventType}/${dc}/${stage}`, at, {
        dc,
        eventType,
        stage,
        oldestAgeSeconds,
        ...(messages === null ? {} : { messages: Math.round(messages) }),
      }),
    );
}

interface Job {
  id: string;
  mapped: Mapped<JobMapping> | null;
  /** null: unknown, or the job has ended. */
  watermark: Date | null;
  /** The end of the point that says so, and whether it was not known before. Other metrics are visible earlier: what they say is newer. */
  markedAt: Date;
  isMarkNew: boolean;
  /** The newest point of the job. */
  at: Date;
  isSeen: boolean;
  isNew: boolean;
  /** Why its watermark stopped; null: it goes on. */
  ended: string | null;
  jobIds: readonly string[];
  newJobIds: readonly string[];
}

/** Every job that was seen, or whose last point is still to be minded. */
function readJobs({ readings, known, mappers, now }: Inputs): Job[] {
  const found = new Map<string, Map<string, SourceReading>>();
  for (const reading of readings) {
    if (reading.resource.kind !== "job") continue;
    const { id } = reading.resource;
    found.set(id, (found.get(id) ?? new Map()).set(reading.metric, reading));
  }
  const prefix = readingKey({ kind: "job", id: "" }, "data_watermark_age");
  const missing = [...known.keys()]
    .filter((key) => key.startsWith(prefix) && !found.has(key.slice(prefix.length)))
    .map((key) => key.slice(prefix.length));
  for (const id of missing) found.set(id, new Map());
  return [...found].flatMap(([id, metrics]) => {
    const before = (metric: string) => known.get(readingKey({ kind: "job", id }, metric));
    const age = metrics.get("data_watermark_age") ?? before("data_watermark_age") ?? null;
    const points = metrics.size > 0 ? [...metrics.values()] : age ? [age] : [];
    const at = new Date(Math.max(...points.map((point) => point.at.getTime())));
    if (points.length === 0 || now.getTime() - at.getTime() > heldMs) return [];
    const state = (metrics.get("status") ?? before("status"))?.text ?? null;
    const failed = (metrics.get("is_failed") ?? before("is_failed"))?.value ?? 0;
    const ended = sayEnded(id, { age: age?.value ?? null, state, failed: failed > 0 });
    const jobIds = metrics.get("job_id")?.text?.split(", ") ?? [];
    const knownIds = before("job_id")?.text?.split(", ") ?? null;
    return {
      id,
      mapped: mappers.job(id),
      watermark:
        age === null || ended !== null ? null : new Date(age.at.getTime() - Math.max(0, age.value ?? 0) * 1000),
      markedAt: age?.at ?? at,
      isMarkNew: [...metrics.values()].some(
        (reading) => reading.metric === "data_watermark_age" && isNew(reading, known),
      ),
      at,
      isSeen: metrics.size > 0,
      isNew: [...metrics.values()].some((reading) => isNew(reading, known)),
      ended,
      jobIds,
      newJobIds: knownIds === null ? [] : jobIds.filter((jobId) => !knownIds.includes(jobId)),
    };
  });
}

function sayEnded(id: string, { age, state, failed }: { age: number | null; state: string | null; failed: boolean }) {
  const tail = "Its watermark stopped there, and closes no further hours.";
  if (failed) return `job ${id} has failed. ${tail}`;
  if (state !== null && endedStates.test(state)) return `job ${id} has ended (${state}). ${tail}`;
  if (age !== null && age < -skewSeconds) return `job ${id} is drained: its watermark is at infinity. ${tail}`;
  return null;
}

/** A series may have gaps: a job that is not seen for longer is said to be missing. */
const missingAfterMs = 10 * 60_000;

/** What a job that is not seen any more still holds back, and for how long; null: it is seen, or holds nothing. */
function sayVanished({ id, isSeen, watermark, markedAt }: Job, mapped: Mapped<JobMapping>, now: Date): string | null {
  const isMissing = !isSeen && now.getTime() - markedAt.getTime() > missingAfterMs;
  if (!isMissing || watermark === null || !mapped.mapping.watermark) return null;
  const [first = "", ...rest] = mapped.eventTypes;
  const types = rest.length === 0 ? first : `${first} and ${formatCountOf(rest.length, "more event type")}`;
  const until = formatInstant(new Date(markedAt.getTime() + heldMs));
  return `job ${id} is not seen since ${formatInstant(markedAt)}. It still holds the watermark of ${types} at ${mapped.datacenter} at ${formatInstant(watermark)}, until it is seen again, at the latest until ${until}.`;
}

/** A lane's watermark is the lowest of its jobs; known at the newest watermark's point of them all. */
function makeWatermarks(_: Inputs, jobs: readonly Job[]): SourceEvent[] {
  const lanes = new Map<string, { dc: string; eventType: string; watermark: Date; at: Date; isNew: boolean }>();
  for (const { mapped, watermark, markedAt: at, isMarkNew } of jobs) {
    if (mapped === null || watermark === null || !mapped.mapping.watermark) continue;
    for (const eventType of mapped.eventTypes) {
      const key = JSON.stringify([mapped.datacenter, eventType]);
      const before = lanes.get(key);
      lanes.set(key, {
        dc: mapped.datacenter,
        eventType,
        watermark: before && before.watermark < watermark ? before.watermark : watermark,
        at: before && before.at > at ? before.at : at,
        isNew: isMarkNew || (before?.isNew ?? false),
      });
    }
  }
  const fresh = [...lanes.values()].filter((lane) => lane.isNew);
  return [...Map.groupBy(fresh, ({ dc, at }) => JSON.stringify([dc, at.getTime()])).values()].map((marks) => {
    const [{ dc, at }] = marks as [(typeof marks)[number]];
    return event("watermark", dc, at, {
      dc,
      marks: marks.map(({ eventType, watermark }) => ({ eventType, watermark: formatInstant(watermark) })),
    });
  });
}

/** A job that runs lives; another run of it is a deployment. */
function makeLiveness({ id, mapped, at, isSeen, isNew: isNewJob, ended, jobIds, newJobIds }: Job): SourceEvent[] {
  if (mapped === null || !isSeen || !isNewJob) return [];
  const { datacenter: dc } = mapped;
  const component = mapped.fill(mapped.mapping.component ?? "") || id;
  const deployments = newJobIds.map((version) =>
    event(
      "deployment",
      `${component}/${dc}/${version}`,
      at,
      { dc, component, version },
      `${component}/${dc}/${version}`,
    ),
  );
  const alive = ended === null ? jobIds : [];
  const beats = alive.map((instance) =>
    event("heartbeat", `${component}/${dc}/${instance}`, at, { dc, component, instance, version: instance }),
  );
  return [...deployments, ...beats];
}

const maxId = 400;

function event(
  kind: "backlog" | "watermark" | "heartbeat" | "deployment",
  about: string,
  time: Date,
  data: Readonly<Record<string, unknown>>,
  id = `${about}/${formatInstant(time)}`,
): SourceEvent {
  return { type: `tidemark.${kind}.v1`, id: `${kind}/${id}`.slice(-maxId), time, data };
}
