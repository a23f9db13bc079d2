// Something outside that already measures a pipeline: what it is, what its resources mean, and what one look at it gives.

export { checkCollection, maxResources } from "./source/check-collection.ts";
export { type CloudMonitoringSpec, cloudMonitoringSpec } from "./source/cloud-monitoring-spec.ts";
export {
  type Collection,
  type KnownReading,
  type Resource,
  type ResourceKind,
  type ResourceLane,
  readingKey,
  type SeenResource,
  type SourceEvent,
  type SourceReading,
} from "./source/collection.ts";
export { type Mapped, mapResource, rememberMapped } from "./source/map-resource.ts";
export {
  kindOfSource,
  parseSource,
  type SourceKind,
  type SourceSpec,
  sourceKindNames,
  sourceKinds,
  sourceSpec,
} from "./source/source-spec.ts";
