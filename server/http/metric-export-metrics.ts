import { Counter, Gauge, type Registry } from "prom-client";
import type { StatusJson } from "#domain/api/board.ts";

/** Shows how the export of metrics to Cloud Monitoring is; without one there is no series. */
export function createMetricExportMetrics(registry: Registry): (state: StatusJson["metricExport"]) => void {
  const registers = [registry];
  const labelNames = ["project"] as const;
  const age = new Gauge({
    name: "tidemark_metric_export_age_seconds",
    help: "Since points were last written to Cloud Monitoring; NaN before the first.",
    labelNames,
    registers,
  });
  const series = new Gauge({
    name: "tidemark_metric_export_series",
    help: "Time series that are written to Cloud Monitoring each minute.",
    labelNames,
    registers,
  });
  const leftOut = new Gauge({
    name: "tidemark_metric_export_event_types_left_out",
    help: "Event types that are not written to Cloud Monitoring because of the setting's limit.",
    labelNames,
    registers,
  });
  const points = new Counter({
    name: "tidemark_metric_export_points_total",
    help: "Points for Cloud Monitoring by outcome: written, or not_written because a call failed or Google refused them.",
    labelNames: ["project", "outcome"] as const,
    registers,
  });
  return (state) => {
    for (const metric of [age, series, leftOut, points]) metric.reset();
    if (state === null) return;
    const { project } = state;
    age.set({ project }, state.lastWriteAgeSeconds ?? Number.NaN);
    series.set({ project }, state.series);
    leftOut.set({ project }, state.eventTypesLeftOut);
    points.inc({ project, outcome: "written" }, state.pointsWritten);
    points.inc({ project, outcome: "not_written" }, state.pointsNotWritten);
  };
}
