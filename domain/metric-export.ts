// What Tidemark writes to Cloud Monitoring: which metrics, and the points of a moment.

export { type ExportPoint, exportPoints } from "./metric-export/export-points.ts";
export { type ExportedMetric, exportedMetrics } from "./metric-export/exported-metrics.ts";
