import { type Hour, hourOf } from "../../hour.ts";
import { type KnownReading, type Resource, readingKey, type SourceReading } from "../collection.ts";
import { type MonitoringPoint, type MonitoringSeries, sampledSeconds } from "./metrics.ts";

export interface ReadSeries {
  readonly readings: SourceReading[];
  readonly problems: string[];
}

/** Clocks differ: an age may be this much below zero. */
const skewSeconds = 600;
const ages = ["oldest_unacked_message_age", "oldest_unacked_message_age_by_region", "system_lag"];
/** Of the regions of a resource the worst counts; of everything else the sum. */
const worst = new Set([...ages, "data_watermark_age", "is_failed"]);
/** The metric of a reading, where that of a region stands for the whole. */
const readAs: Readonly<Record<string, string>> = {
  oldest_unacked_message_age_by_region: "oldest_unacked_message_age",
  num_unacked_messages_by_region: "num_unacked_messages",
  num_undelivered_messages: "num_unacked_messages",
};

/**
 * One reading for each metric of a resource, from all its regions. Series of other projects, which a shared metrics scope answers
 * too, are left out; so are series of jobs that a newer one of the name and region replaced.
 */
export function readSeries(
  all: readonly MonitoringSeries[],
  { project, known }: { project: string; known: ReadonlyMap<string, KnownReading> },
): ReadSeries {
  const own = withNewestJobs(all.filter((series) => series.project === project && series.points.length > 0));
  const problems: string[] = [];
  const readings = new Map<string, SourceReading>();
  for (const series of groupBy(own, ({ metric, id }) => `${metric.name} ${id}`)) {
    const reading = readOne(series, known, problems);
    if (reading === null) continue;
    const key = readingKey(reading.resource, reading.metric);
    // By region first, see monitoringMetrics: the global one stands in where there is none.
    if (!readings.has(key)) readings.set(key, reading);
  }
  for (const reading of readJobIds(own)) readings.set(readingKey(reading.resource, reading.metric), reading);
  return { readings: [...readings.values()], problems };
}

function readOne(
  series: readonly MonitoringSeries[],
  known: ReadonlyMap<string, KnownReading>,
  problems: string[],
): SourceReading | null {
  const [first] = series as [MonitoringSeries];
  const { metric, id } = first;
  const resource = resourceOf(first);
  const name = readAs[metric.name] ?? metric.name;
  const frame = { resource, metric: name, sampledSeconds };
  const refuse = (found: MonitoringPoint["value"], must: string) =>
    problems.push(
      `${resource.kind} ${id}: ${metric.name} is ${found ?? "too large"}, which ${must}. The point is not used.`,
    );
  if (metric.point === "count")
    return readCounts(series, known.get(readingKey(resource, name))?.at ?? null, frame, refuse);
  const newest = series.map(({ points }) => points[0] as MonitoringPoint);
  const at = latest(newest);
  if (metric.point === "text") {
    const text = newest
      .map(({ value }) => String(value))
      .sort()
      .join(", ")
      .slice(0, 200);
    return { ...frame, value: null, text, at };
  }
  const values: number[] = [];
  for (const { value } of newest) {
    if (typeof value !== "number") refuse(value, "is no usable number");
    // A watermark far ahead says that the job has ended, see job-state.
    else if (value < 0 && metric.name !== "data_watermark_age" && (!ages.includes(metric.name) || value < -skewSeconds))
      refuse(value, "cannot be negative");
    else values.push(metric.name === "data_watermark_age" ? value : Math.max(0, value));
  }
  if (values.length < newest.length) return null;
  const value = worst.has(metric.name) ? Math.max(...values) : values.reduce((sum, each) => sum + each, 0);
  return { ...frame, value, text: null, at };
}

/** Points that are newer than the known one, added up by hour; a point that was counted is not counted again. */
function readCounts(
  series: readonly MonitoringSeries[],
  knownAt: Date | null,
  frame: Pick<SourceReading, "resource" | "metric" | "sampledSeconds">,
  refuse: (found: MonitoringPoint["value"], must: string) => void,
): SourceReading | null {
  const fresh = series.flatMap(({ points }) => points).filter(({ at }) => knownAt === null || at > knownAt);
  if (fresh.length === 0) return null;
  const byHour = new Map<number, number>();
  for (const { at, value } of fresh) {
    if (typeof value !== "number" || value < 0) refuse(value, "is no usable count");
    else {
      // The end belongs to the minute before it.
      const hour = hourOf(new Date(at.getTime() - 1)).getTime();
      byHour.set(hour, (byHour.get(hour) ?? 0) + value);
    }
  }
  const counts = [...byHour].map(([ms, count]) => ({ hour: new Date(ms) as Hour, count }));
  const value = counts.reduce((sum, { count }) => sum + count, 0);
  return { ...frame, value, text: null, at: latest(fresh), counts };
}

/** Which run of each job its points are of; a new one is a deployment. */
function readJobIds(own: readonly MonitoringSeries[]): SourceReading[] {
  const jobs = own.filter(({ jobId }) => jobId !== null);
  return groupBy(jobs, ({ id }) => id).map((series) => {
    const ids = [...new Set(series.map(({ jobId }) => jobId as string))].sort();
    const at = latest(series.map(({ points }) => points[0] as MonitoringPoint));
    return {
      resource: resourceOf(series[0] as MonitoringSeries),
      metric: "job_id",
      value: null,
      text: ids.join(", ").slice(0, 400),
      at,
      sampledSeconds,
    };
  });
}

/** Of several runs of a job's name in a region, the one with the newest point; of equals the later id, which begins with its date. */
function withNewestJobs(own: readonly MonitoringSeries[]): MonitoringSeries[] {
  const newest = new Map<string, { jobId: string; atMs: number }>();
  const place = ({ id, region }: MonitoringSeries) => `${region} ${id}`;
  for (const series of own) {
    if (series.jobId === null) continue;
    const atMs = (series.points[0] as MonitoringPoint).at.getTime();
    const best = newest.get(place(series));
    if (!best || atMs > best.atMs || (atMs === best.atMs && series.jobId > best.jobId))
      newest.set(place(series), { jobId: series.jobId, atMs });
  }
  return own.filter((series) => series.jobId === null || newest.get(place(series))?.jobId === series.jobId);
}

function resourceOf({ metric, id }: MonitoringSeries): Resource {
  return { kind: metric.resource === "dataflow_job" ? "job" : "subscription", id };
}

function latest(points: readonly { readonly at: Date }[]): Date {
  return new Date(Math.max(...points.map(({ at }) => at.getTime())));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  return [...Map.groupBy(items, keyOf).values()];
}
