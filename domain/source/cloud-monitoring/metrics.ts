/** What is read of Google Cloud Monitoring: one call for all series of a metric and project. All are sampled every 60 s. */
export interface MonitoringMetric {
  /** Google's name below `prefix`, and the name of the reading. */
  readonly name: string;
  readonly prefix: string;
  readonly resource: "pubsub_subscription" | "dataflow_job";
  /** What one point is. */
  readonly point: "gauge" | "count" | "text";
}

const subscription = (name: string, point: MonitoringMetric["point"] = "gauge"): MonitoringMetric => ({
  name,
  prefix: "pubsub.googleapis.com/subscription/",
  resource: "pubsub_subscription",
  point,
});
const job = (name: string, point: MonitoringMetric["point"] = "gauge"): MonitoringMetric => ({
  name,
  prefix: "dataflow.googleapis.com/job/",
  resource: "dataflow_job",
  point,
});

export const monitoringMetrics = [
  // One region's outage blanks the global series: those by region come first, and the global ones stand in.
  subscription("oldest_unacked_message_age_by_region"),
  subscription("num_unacked_messages_by_region"),
  subscription("oldest_unacked_message_age"),
  subscription("num_undelivered_messages"),
  subscription("dead_letter_message_count", "count"),
  subscription("expired_ack_deadlines_count", "count"),
  job("data_watermark_age"),
  job("system_lag"),
  job("backlog_bytes"),
  job("pubsub/late_messages_count", "count"),
  job("is_failed"),
  job("status", "text"),
] as const satisfies readonly MonitoringMetric[];

export const sampledSeconds = 60;
/** The longest that a point takes to be visible (240 s), and two more samples. */
const gaugeWindowMs = 6 * 60_000;
const longestWindowMs = 24 * 3_600_000;

/** From when points are asked for: of what is counted, everything since the newest point that is known. */
export function windowStart({ point }: MonitoringMetric, newestKnownAt: Date | null, now: Date): Date {
  const nowMs = now.getTime();
  if (point !== "count" || newestKnownAt === null) return new Date(nowMs - gaugeWindowMs);
  // Series differ in how late they are visible: one may still have points before the newest of another.
  const fromMs = Math.min(nowMs - gaugeWindowMs, newestKnownAt.getTime() - gaugeWindowMs);
  return new Date(Math.max(fromMs, nowMs - longestWindowMs));
}

/** One series as it was answered, reduced to what is read of it. Newest point first. */
export interface MonitoringSeries {
  readonly metric: MonitoringMetric;
  readonly project: string;
  /** The subscription's id or the job's name. */
  readonly id: string;
  readonly region: string | null;
  readonly jobId: string | null;
  readonly points: readonly MonitoringPoint[];
}

export interface MonitoringPoint {
  readonly at: Date;
  /** null: it is no number that JavaScript holds exactly. */
  readonly value: number | string | null;
}
