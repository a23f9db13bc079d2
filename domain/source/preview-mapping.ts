import type { Stage } from "../protocol.ts";
import type { Resource, ResourceKind } from "./collection.ts";
import { mapResource } from "./map-resource.ts";
import type { LaneMapping } from "./mapping.ts";
import type { SourceSpec } from "./source-spec.ts";

/** What a resource would feed by a spec that is not saved yet; no lanes: no pattern matches its id. */
export interface PreviewedResource {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly lanes: { eventType: string; datacenter: string; stage: Stage | null }[];
}

/** The mappings of a spec by the kind of resource whose ids they match. */
function mappingsByKind(spec: SourceSpec): Partial<Record<ResourceKind, readonly LaneMapping[]>> {
  const { cloudMonitoring, cloudStorage, bigQuery, iceberg, kafka } = spec;
  if (cloudMonitoring) return { subscription: cloudMonitoring.subscriptions, job: cloudMonitoring.jobs };
  if (cloudStorage) return { marker: cloudStorage.objects };
  if (kafka) return { group: kafka.lanes };
  return { table: bigQuery?.tables ?? iceberg?.tables ?? [] };
}

/** What the patterns of a spec make of resources that were seen, and of ids of which only the text is known. */
export function previewMapping(
  spec: SourceSpec,
  seen: readonly Resource[],
  ids: readonly string[],
): PreviewedResource[] {
  const byKind = mappingsByKind(spec);
  const kinds = Object.keys(byKind) as ResourceKind[];
  const known = seen
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, id }) => ({ kind, id, lanes: lanesOf(byKind[kind] ?? [], id) }));
  const tried = ids.map((id) => {
    const each = kinds.map((kind) => ({ kind, id, lanes: lanesOf(byKind[kind] ?? [], id) }));
    return each.find(({ lanes }) => lanes.length > 0) ?? each[0];
  });
  return [...tried.filter((found) => found !== undefined), ...known];
}

function lanesOf(mappings: readonly LaneMapping[], id: string): PreviewedResource["lanes"] {
  const mapped = mapResource(mappings, id);
  if (mapped === null) return [];
  const { stage = null } = mapped.mapping as { stage?: Stage };
  return mapped.eventTypes.map((eventType) => ({ eventType, datacenter: mapped.datacenter, stage }));
}
