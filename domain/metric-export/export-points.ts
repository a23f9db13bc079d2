import { severities } from "../alert-rule.ts";
import type { ExportFigures } from "./export-figures.ts";
import {
  type ExportedMetric,
  laneMetrics,
  leftOutLanes,
  leftOutTypes,
  openIncidents,
  typeMetrics,
} from "./exported-metrics.ts";

export interface ExportPoint {
  metric: ExportedMetric;
  labels: Record<string, string>;
  value: number;
}

/** One point a series. What is unknown has none: a gap says so, and a zero would not. */
export function exportPoints({ types, lanes, openIncidents: incidents, leftOut }: ExportFigures): ExportPoint[] {
  const points: ExportPoint[] = [
    { metric: leftOutTypes, labels: {}, value: leftOut.eventTypes },
    { metric: leftOutLanes, labels: {}, value: leftOut.lanes },
  ];
  for (const severity of severities) {
    points.push({ metric: openIncidents, labels: { severity }, value: incidents[severity] ?? 0 });
  }
  const add = (metric: ExportedMetric, labels: Record<string, string>, value: number | null) => {
    if (value !== null && Number.isFinite(value)) points.push({ metric, labels, value });
  };
  for (const type of types) {
    for (const metric of typeMetrics) add(metric, { event_type: type.eventType }, metric.read(type));
  }
  for (const lane of lanes) {
    const labels = { event_type: lane.eventType, datacenter: lane.datacenter };
    for (const metric of laneMetrics) add(metric, labels, metric.read(lane));
  }
  return points;
}
