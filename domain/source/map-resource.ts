import type { Stage } from "../protocol.ts";
import type { ResourceLane } from "./collection.ts";
import type { LaneMapping } from "./mapping.ts";
import { fillTemplate } from "./pattern.ts";

/** What a resource's id means: the lanes that it feeds. */
export interface Mapped<Mapping extends LaneMapping> {
  readonly mapping: Mapping;
  readonly eventTypes: readonly string[];
  readonly datacenter: string;
  /** Another template of the mapping. */
  fill(template: string): string;
}

/** The first mapping whose pattern matches the id decides. null: none does; the id is then listed as not mapped, never guessed. */
export function mapResource<Mapping extends LaneMapping>(
  mappings: readonly Mapping[],
  id: string,
): Mapped<Mapping> | null {
  for (const mapping of mappings) {
    const groups = mapping.match.match(id);
    if (groups === null) continue;
    const fill = (template: string) => fillTemplate(template, groups);
    const templates = mapping.eventTypes ?? (mapping.eventType === undefined ? [] : [mapping.eventType]);
    return { mapping, eventTypes: [...new Set(templates.map(fill))], datacenter: fill(mapping.datacenter), fill };
  }
  return null;
}

/** The lanes that a resource of unknown retention feeds; none, if it is not mapped. */
export function lanesOf(mapped: Mapped<LaneMapping> | null, stage: Stage | null = null): ResourceLane[] {
  if (mapped === null) return [];
  const { eventTypes, datacenter } = mapped;
  return eventTypes.map((eventType) => ({ eventType, datacenter, stage, retentionSeconds: null }));
}

/** More than one source can have; then memory is worth more than time. */
const maxRemembered = 200_000;

/** `mapResource` that remembers: the same ids come each minute. */
export function rememberMapped<Mapping extends LaneMapping>(
  mappings: readonly Mapping[],
): (id: string) => Mapped<Mapping> | null {
  const remembered = new Map<string, Mapped<Mapping> | null>();
  return (id) => {
    const known = remembered.get(id);
    if (known !== undefined) return known;
    if (remembered.size >= maxRemembered) remembered.clear();
    const mapped = mapResource(mappings, id);
    remembered.set(id, mapped);
    return mapped;
  };
}
