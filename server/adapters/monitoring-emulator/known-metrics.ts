import type { MetricKind, ValueType } from "./series.ts";

/** A metric that Google writes, as its list of metrics documents it. All are sampled every 60 s. */
export interface KnownMetric {
  kind: MetricKind;
  valueType: ValueType;
  unit: string;
  resource: string;
  /** "After sampling, data is not visible for up to …". */
  delaySeconds: number;
}

/** The labels of each resource that series may be written for or filtered by. */
export const resourceLabels: Record<string, readonly string[]> = {
  pubsub_subscription: ["project_id", "subscription_id"],
  pubsub_topic: ["project_id", "topic_id"],
  dataflow_job: ["project_id", "region", "job_name"],
  generic_task: ["project_id", "location", "namespace", "job", "task_id"],
  generic_node: ["project_id", "location", "namespace", "node_id"],
  global: ["project_id"],
};

const subscription = (name: string, delaySeconds: number, more: Partial<KnownMetric> = {}) =>
  [
    `pubsub.googleapis.com/subscription/${name}`,
    { kind: "GAUGE", valueType: "INT64", unit: "1", resource: "pubsub_subscription", delaySeconds, ...more },
  ] as const;

const job = (name: string, delaySeconds: number, more: Partial<KnownMetric> = {}) =>
  [
    `dataflow.googleapis.com/job/${name}`,
    { kind: "GAUGE", valueType: "INT64", unit: "1", resource: "dataflow_job", delaySeconds, ...more },
  ] as const;

/** The metrics of Pub/Sub and Dataflow that show how far a pipeline is. */
export const knownMetrics: ReadonlyMap<string, KnownMetric> = new Map<string, KnownMetric>([
  subscription("oldest_unacked_message_age", 120, { unit: "s" }),
  subscription("oldest_unacked_message_age_by_region", 120, { unit: "s" }),
  subscription("num_undelivered_messages", 120),
  subscription("num_unacked_messages_by_region", 120),
  subscription("dead_letter_message_count", 240, { kind: "DELTA" }),
  subscription("expired_ack_deadlines_count", 240, { kind: "DELTA" }),
  subscription("sent_message_count", 181, { kind: "DELTA" }),
  subscription("open_streaming_pulls", 120),
  subscription("delivery_latency_health_score", 360, { valueType: "BOOL" }),
  job("data_watermark_age", 240, { unit: "s" }),
  job("per_stage_data_watermark_age", 240, { unit: "s" }),
  job("system_lag", 240, { unit: "s" }),
  job("per_stage_system_lag", 240, { unit: "s" }),
  job("backlog_bytes", 240, { unit: "By" }),
  job("backlog_elements", 240),
  job("pubsub/late_messages_count", 60, { kind: "DELTA" }),
  job("duplicates_filtered_out_count", 60, { kind: "DELTA" }),
  job("is_failed", 60),
  job("status", 60, { valueType: "STRING", unit: "" }),
]);
