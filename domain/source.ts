// Something outside that already measures a pipeline: what it is, what its resources mean, and what one look at it gives.

export type { BigQuerySpec } from "./source/bigquery-spec.ts";
export { checkCollection, maxResources } from "./source/check-collection.ts";
export { type Citation, type CitedFact, delaysOf, sayCitation } from "./source/citation.ts";
export { collectSeries } from "./source/cloud-monitoring/collect.ts";
export {
  type MonitoringMetric,
  type MonitoringPoint,
  type MonitoringSeries,
  monitoringMetrics,
  windowStart,
} from "./source/cloud-monitoring/metrics.ts";
export type { CloudMonitoringSpec } from "./source/cloud-monitoring-spec.ts";
export type { CloudStorageSpec } from "./source/cloud-storage-spec.ts";
export { collectBigQuery, firstPartition, type PartitionRow, partitionKey } from "./source/collect-bigquery.ts";
export { collectCloudStorage, type ObjectNotification } from "./source/collect-cloud-storage.ts";
export { collectIceberg } from "./source/collect-iceberg.ts";
export { collectKafka, nextUnread, type PartitionLag, type TopicLag, waiting } from "./source/collect-kafka.ts";
export {
  type Collection,
  type KnownReading,
  type ResourceKind,
  readingKey,
  type SeenResource,
  type SourceEvent,
  type SourceReading,
} from "./source/collection.ts";
export { readTableHistory } from "./source/iceberg-snapshots.ts";
export type { IcebergSpec } from "./source/iceberg-spec.ts";
export type { KafkaSpec } from "./source/kafka-spec.ts";
export { kindOfSource, type SourceKind, sourceKindNames, sourceKinds } from "./source/kinds.ts";
export { mapResource, rememberMapped } from "./source/map-resource.ts";
export { previewMapping } from "./source/preview-mapping.ts";
export { parseSource, type SourceSpec, sourceSpec } from "./source/source-spec.ts";
