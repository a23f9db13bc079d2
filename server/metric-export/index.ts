// Public API of the export of metrics to Cloud Monitoring: whose turn it is, and what came of it.
export { claimPoint } from "./claim-point.ts";
export { readMetricExport } from "./read-metric-export.ts";
export { recordWrite, type WriteResult } from "./record-write.ts";
