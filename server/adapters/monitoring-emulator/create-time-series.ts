import { Metadata, status } from "@grpc/grpc-js";
import { type Descriptors, isCustom } from "./descriptors.ts";
import { invalid, RpcFault } from "./fault.ts";
import { knownMetrics, resourceLabels } from "./known-metrics.ts";
import { projectOf } from "./list-time-series.ts";
import { type Point, pointOfWire, type Series, valueTypeOf, type WireSeries } from "./series.ts";
import type { SeriesStore } from "./store.ts";
import { encodeStatus } from "./wire.ts";

export interface CreateRequest {
  name: string;
  timeSeries: WireSeries[];
}

export interface CreateContext {
  store: SeriesStore;
  descriptors: Descriptors;
  nowMs: number;
  /** The least time between the ends of two points of a series. */
  minSpacingMs: number;
}

const maxSeries = 200;
const oldestMs = 25 * 3_600_000;
const furthestAheadMs = 5 * 60_000;
const summaryType = "google.monitoring.v3.CreateTimeSeriesSummary";

const tooFrequent =
  "One or more points were written more frequently than the maximum sampling period configured for the metric.";
const outOfOrder =
  "Points must be written in order. One or more of the points specified had an older start time than the most recent point.";

/**
 * Custom metrics. A request that is malformed is refused as a whole. Otherwise each series is written or refused by itself, and if any was
 * refused, the call fails with a summary in the status details, although the others were written.
 */
export function createTimeSeries(request: CreateRequest, context: CreateContext): void {
  const series = checkedSeries(request, context);
  const refused = new Map<string, number[]>();
  for (const [index, one] of series.entries()) {
    const why = refusalOf(one, context);
    if (why !== null) refused.set(why, [...(refused.get(why) ?? []), index]);
    else {
      addDescriptor(one, context.descriptors);
      context.store.add(one);
    }
  }
  if (refused.size > 0) throw partialFailure(series, refused);
}

function checkedSeries(request: CreateRequest, context: CreateContext): Series[] {
  const project = projectOf(request.name);
  if (request.timeSeries.length === 0) throw invalid("Field timeSeries had an invalid value: It must not be empty.");
  if (request.timeSeries.length > maxSeries) {
    throw invalid(
      `Field timeSeries had an invalid value: A maximum of ${maxSeries} TimeSeries can be written in a single request; it has ${request.timeSeries.length}.`,
    );
  }
  const seen = new Set<string>();
  return request.timeSeries.map((wire, index) => {
    const field = `timeSeries[${index}]`;
    const series = seriesOf(wire, field, project);
    if (!isCustom(series.metricType)) {
      throw invalid(
        `Field ${field}.metric.type had an invalid value of "${series.metricType}": must be a user-defined metric.`,
      );
    }
    checkTime(series.points[0] as Point, `${field}.points[0]`, context.nowMs);
    const identity = JSON.stringify([
      series.metricType,
      series.metricLabels,
      series.resourceType,
      series.resourceLabels,
    ]);
    if (seen.has(identity)) {
      throw invalid(
        `Field ${field} had an invalid value: Duplicate TimeSeries encountered. Only one point can be written per TimeSeries per request.`,
      );
    }
    seen.add(identity);
    return series;
  });
}

/** The one series, with one point, that a request holds at `field`. */
function seriesOf(wire: WireSeries, field: string, project: string): Series {
  if (wire.points.length !== 1) {
    throw invalid(
      `Field ${field}.points had an invalid value: Only one point can be written per TimeSeries per request; it has ${wire.points.length}.`,
    );
  }
  const point = pointOfWire(wire.points[0] as WireSeries["points"][number], `${field}.points[0]`);
  const resourceType = wire.resource?.type ?? "";
  const allowed = resourceLabels[resourceType];
  if (allowed === undefined) {
    throw invalid(
      `Field ${field}.resource.type had an invalid value of "${resourceType}": custom metrics cannot be written for it.`,
    );
  }
  const labels: Record<string, string> = { project_id: project, ...wire.resource?.labels };
  const unknown = Object.keys(labels).find((label) => !allowed.includes(label));
  if (unknown !== undefined) {
    throw invalid(`Field ${field}.resource.labels had an invalid value: unrecognized label "${unknown}".`);
  }
  const kind = wire.metricKind === "CUMULATIVE" ? "CUMULATIVE" : "GAUGE";
  return {
    project,
    metricType: wire.metric?.type ?? "",
    metricLabels: wire.metric?.labels ?? {},
    resourceType,
    resourceLabels: labels,
    kind,
    valueType: valueTypeOf(point.value),
    unit: wire.unit ?? "",
    points: [point],
  };
}

function checkTime(point: Point, field: string, nowMs: number): void {
  const at = new Date(point.endMs).toISOString();
  if (point.endMs < nowMs - oldestMs) {
    throw invalid(
      `Field ${field}.interval.end_time had an invalid value of "${at}": Data points cannot be written more than 25 hours in the past.`,
    );
  }
  if (point.endMs > nowMs + furthestAheadMs) {
    throw invalid(
      `Field ${field}.interval.end_time had an invalid value of "${at}": Data points cannot be written more than 5 minutes in the future.`,
    );
  }
}

/** Why this series' point is not written, or null. */
function refusalOf(series: Series, { store, descriptors, minSpacingMs }: CreateContext): string | null {
  const descriptor = descriptors.find(series.project, series.metricType);
  if (descriptor && descriptor.valueType !== series.valueType) {
    return `Value type for metric ${series.metricType} must be ${descriptor.valueType}, but is ${series.valueType}.`;
  }
  if (descriptor && descriptor.metricKind !== series.kind) {
    return `Metric kind for metric ${series.metricType} must be ${descriptor.metricKind}, but is ${series.kind}.`;
  }
  const last = store.find(series)?.points.at(-1);
  const point = series.points[0] as Point;
  if (last === undefined) return null;
  if (point.endMs < last.endMs) return outOfOrder;
  return point.endMs < last.endMs + minSpacingMs ? tooFrequent : null;
}

/** A metric without a descriptor gets one from its first point; a new label is added to it. */
function addDescriptor(series: Series, descriptors: Descriptors): void {
  const described = descriptors.find(series.project, series.metricType);
  const labels = Object.keys(series.metricLabels).map((key) => ({ key, valueType: "STRING", description: "" }));
  if (described && labels.every(({ key }) => described.labels.some((label) => label.key === key))) return;
  descriptors.create(series.project, {
    description: "",
    displayName: "",
    unit: series.unit,
    ...described,
    type: series.metricType,
    metricKind: series.kind,
    valueType: series.valueType,
    labels,
  });
}

function partialFailure(series: Series[], refused: Map<string, number[]>): RpcFault {
  const said = [...refused].map(([why, indexes]) => {
    const types = [...new Set(indexes.map((index) => series[index]?.metricType))];
    return `${why}: timeSeries[${indexes.join(",")}] (${types.join(", ")})`;
  });
  const message = `One or more TimeSeries could not be written: ${said.join("; ")}`;
  const failed = [...refused.values()].reduce((sum, indexes) => sum + indexes.length, 0);
  const summary = {
    totalPointCount: series.length,
    successPointCount: series.length - failed,
    errors: [...refused].map(([why, indexes]) => ({
      status: { code: status.INVALID_ARGUMENT, message: why },
      pointCount: indexes.length,
    })),
  };
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", encodeStatus(status.INVALID_ARGUMENT, message, summaryType, summary));
  return new RpcFault(status.INVALID_ARGUMENT, message, metadata);
}

/** Google's own series, as its services write them: any metric, any time, and a point at a time or many. */
export function createServiceTimeSeries(request: CreateRequest, store: SeriesStore): void {
  projectOf(request.name);
  for (const [index, wire] of request.timeSeries.entries()) {
    const points = wire.points.map((point, at) => pointOfWire(point, `timeSeries[${index}].points[${at}]`));
    store.add(serviceSeries({ ...wire, points }, projectOf(request.name)));
  }
}

/** A series of Google's: kind, type and unit from its list of metrics unless they are given. */
export function serviceSeries(
  given: {
    metric: WireSeries["metric"];
    resource: WireSeries["resource"];
    metricKind?: string | undefined;
    valueType?: string | undefined;
    unit?: string | undefined;
    points: Point[];
  },
  project?: string,
): Series {
  const metricType = given.metric?.type ?? "";
  const known = knownMetrics.get(metricType);
  const labels: Record<string, string> = { ...(project ? { project_id: project } : {}), ...given.resource?.labels };
  const owner = labels.project_id;
  if (owner === undefined) throw invalid(`${metricType}: the resource has no label "project_id".`);
  const kind = given.metricKind === "DELTA" || given.metricKind === "CUMULATIVE" ? given.metricKind : undefined;
  return {
    project: owner,
    metricType,
    metricLabels: given.metric?.labels ?? {},
    resourceType: given.resource?.type ?? "",
    resourceLabels: labels,
    kind: kind ?? known?.kind ?? "GAUGE",
    valueType: known?.valueType ?? valueTypeOf(given.points[0]?.value),
    unit: given.unit || known?.unit || "",
    points: given.points,
  };
}
