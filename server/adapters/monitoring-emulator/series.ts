import { invalid } from "./fault.ts";
import { fromTimestamp, toTimestamp, type WireTimestamp } from "./wire.ts";

export type MetricKind = "GAUGE" | "DELTA" | "CUMULATIVE";
export type ValueType = "BOOL" | "INT64" | "DOUBLE" | "STRING";

export type PointValue =
  | { boolValue: boolean }
  | { int64Value: string | number }
  | { doubleValue: number }
  | { stringValue: string };

/** A time series in the JSON of Google's REST API, so that recorded answers can be put as they are. */
export interface TimeSeriesJson {
  metric: { type: string; labels?: Record<string, string> };
  resource: { type: string; labels?: Record<string, string> };
  metricKind?: MetricKind;
  valueType?: ValueType;
  unit?: string;
  points: { interval: { startTime?: string; endTime: string }; value: PointValue }[];
}

export interface Point {
  startMs: number;
  endMs: number;
  value: PointValue;
}

/** A time series as it is stored: one project, one metric and its labels, one resource and its labels. */
export interface Series {
  project: string;
  metricType: string;
  metricLabels: Record<string, string>;
  resourceType: string;
  resourceLabels: Record<string, string>;
  kind: MetricKind;
  valueType: ValueType;
  unit: string;
  /** Oldest first. */
  points: Point[];
}

export const valueTypes = {
  boolValue: "BOOL",
  int64Value: "INT64",
  doubleValue: "DOUBLE",
  stringValue: "STRING",
} as const satisfies Record<string, ValueType>;

export function valueTypeOf(value: PointValue | undefined): ValueType {
  const name = Object.keys(value ?? {}).find((key): key is keyof typeof valueTypes => key in valueTypes);
  if (name === undefined) throw invalid("A point's value must be boolValue, int64Value, doubleValue or stringValue.");
  return valueTypes[name];
}

/** A time series as it stands in a gRPC message, both ways. */
export interface WireSeries {
  metric: { type: string; labels?: Record<string, string> } | null;
  resource: { type: string; labels?: Record<string, string> } | null;
  metricKind?: string;
  valueType?: string;
  unit?: string;
  points: {
    interval: { startTime?: WireTimestamp | null; endTime?: WireTimestamp | null } | null;
    value: (Partial<Record<string, unknown>> & { value?: string }) | null;
  }[];
}

export function pointOfJson(point: TimeSeriesJson["points"][number]): Point {
  const endMs = Date.parse(point.interval.endTime);
  const startMs = point.interval.startTime === undefined ? endMs : Date.parse(point.interval.startTime);
  if (Number.isNaN(endMs) || Number.isNaN(startMs)) {
    throw invalid(`"${point.interval.endTime}" or its start is not an RFC 3339 time.`);
  }
  return { startMs, endMs, value: point.value };
}

export function pointOfWire(point: WireSeries["points"][number], field: string): Point {
  const end = point.interval?.endTime;
  if (!end) throw invalid(`Field ${field}.interval.end_time had an invalid value: It must be specified.`);
  const endMs = fromTimestamp(end);
  const start = point.interval?.startTime;
  const name = point.value?.value ?? "";
  if (!(name in valueTypes)) throw invalid(`Field ${field}.value had an invalid value: Its type is not supported.`);
  const value = { [name]: point.value?.[name] } as PointValue;
  return { startMs: start ? fromTimestamp(start) : endMs, endMs, value };
}

/** `points` in the order that they are to be answered in. */
export const seriesToWire = (series: Series, points: readonly Point[]): WireSeries => ({
  metric: { type: series.metricType, labels: series.metricLabels },
  resource: { type: series.resourceType, labels: series.resourceLabels },
  metricKind: series.kind,
  valueType: series.valueType,
  unit: series.unit,
  points: points.map(({ startMs, endMs, value }) => ({
    interval: { startTime: toTimestamp(startMs), endTime: toTimestamp(endMs) },
    value,
  })),
});

export const seriesToJson = (series: Series): TimeSeriesJson => ({
  metric: { type: series.metricType, labels: { ...series.metricLabels } },
  resource: { type: series.resourceType, labels: { ...series.resourceLabels } },
  metricKind: series.kind,
  valueType: series.valueType,
  unit: series.unit,
  points: series.points.toReversed().map(({ startMs, endMs, value }) => ({
    interval: { startTime: new Date(startMs).toISOString(), endTime: new Date(endMs).toISOString() },
    value,
  })),
});
