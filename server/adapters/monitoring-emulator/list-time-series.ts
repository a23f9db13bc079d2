import { status } from "@grpc/grpc-js";
import { invalid, RpcFault } from "./fault.ts";
import { knownMetrics, resourceLabels } from "./known-metrics.ts";
import { type MetricFilter, parseMetricFilter } from "./metric-filter.ts";
import { type Point, type Series, seriesToWire, type WireSeries } from "./series.ts";
import type { SeriesStore } from "./store.ts";
import { fromTimestamp, type WireTimestamp } from "./wire.ts";

export interface ListRequest {
  name: string;
  filter: string;
  interval: { startTime: WireTimestamp | null; endTime: WireTimestamp | null } | null;
  aggregation: unknown;
  view: "FULL" | "HEADERS";
  pageSize: number;
  pageToken: string;
}

export interface ListContext {
  store: SeriesStore;
  nowMs: number;
  /** How long after its end a point of the metric is not visible. */
  delayMs(metricType: string): number;
  /** The projects whose series a query of this project is answered with, itself included. */
  projectsSeenFrom(project: string): string[];
  hasDescriptor(metricType: string): boolean;
}

const largestPage = 100_000;

export function projectOf(name: string): string {
  const [, project] = /^projects\/([^/]+)$/.exec(name) ?? [];
  if (project === undefined)
    throw invalid(`Field name had an invalid value of "${name}": It must be projects/PROJECT.`);
  return project;
}

/** One page. Points of a series newest first; a page counts points (in the view HEADERS: series) and may end within a series. */
export function listTimeSeries(request: ListRequest, context: ListContext) {
  const projects = context.projectsSeenFrom(projectOf(request.name));
  if (request.aggregation !== null) {
    throw new RpcFault(status.UNIMPLEMENTED, "This emulator answers raw points only: leave `aggregation` out.");
  }
  const filter = parseMetricFilter(request.filter);
  const metricType = checkedMetric(request.filter, filter, context);
  const { startMs, endMs } = intervalOf(request);
  const visibleMs = Math.min(endMs, context.nowMs - context.delayMs(metricType));
  const found = context.store
    .ofType(metricType)
    .filter((series) => projects.includes(series.project) && filter.matches(series))
    .map((series) => ({ series, points: pointsBetween(series, startMs, visibleMs) }))
    .filter(({ points }) => points.length > 0);
  const unit = found[0]?.series.unit ?? "";
  return { ...pageOf(found, request), executionErrors: [], unit };
}

function checkedMetric(text: string, filter: MetricFilter, context: ListContext): string {
  const { metricType } = filter;
  if (metricType === null) {
    throw invalid(
      `Field filter had an invalid value of "${text}": must specify a restriction on "metric.type" in the filter; see "https://cloud.google.com/monitoring/api/resources" for a list of available metric types.`,
    );
  }
  if (!context.hasDescriptor(metricType) && context.store.ofType(metricType).length === 0) {
    throw new RpcFault(
      status.NOT_FOUND,
      `Cannot find metric(s) that match type = "${metricType}". If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon.`,
    );
  }
  const labels = resourceLabels[knownMetrics.get(metricType)?.resource ?? ""];
  if (labels !== undefined && !filter.resourceLabels.every((label) => labels.includes(label))) {
    throw invalid(
      "The supplied filter does not specify a valid combination of metric and monitored resource descriptors. The query will not return any time series.",
    );
  }
  return metricType;
}

/** Half-open, as Google reads it: without the start, with the end. Without a start it is the one instant. */
function intervalOf({ interval }: ListRequest): { startMs: number; endMs: number } {
  if (!interval?.endTime) throw invalid("Field interval.end_time had an invalid value: It must be specified.");
  const endMs = fromTimestamp(interval.endTime);
  const startMs = interval.startTime ? fromTimestamp(interval.startTime) : endMs - 1;
  if (startMs > endMs) {
    throw invalid("Field interval.start_time had an invalid value: The start time must be before the end time.");
  }
  return { startMs, endMs };
}

/** Newest first. */
function pointsBetween(series: Series, startMs: number, endMs: number): Point[] {
  const points: Point[] = [];
  for (let index = series.points.length - 1; index >= 0; index--) {
    const point = series.points[index] as Point;
    if (point.endMs <= startMs) break;
    if (point.endMs <= endMs) points.push(point);
  }
  return points;
}

function pageOf(found: { series: Series; points: Point[] }[], request: ListRequest) {
  const headers = request.view === "HEADERS";
  const size = request.pageSize > 0 ? Math.min(request.pageSize, largestPage) : largestPage;
  const skip = request.pageToken === "" ? 0 : Number(Buffer.from(request.pageToken, "base64url").toString());
  if (!Number.isSafeInteger(skip)) throw invalid(`Field page_token had an invalid value of "${request.pageToken}".`);
  const timeSeries: WireSeries[] = [];
  let before = 0;
  for (const { series, points } of found) {
    const count = headers ? 1 : points.length;
    const from = Math.max(0, skip - before);
    const to = Math.min(count, skip + size - before);
    if (to > from) timeSeries.push(seriesToWire(series, headers ? [] : points.slice(from, to)));
    before += count;
  }
  const nextPageToken = before > skip + size ? Buffer.from(String(skip + size)).toString("base64url") : "";
  return { timeSeries, nextPageToken };
}
