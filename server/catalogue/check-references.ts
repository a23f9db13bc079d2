import type { CatalogueDocument, CatalogueKind } from "#domain/catalogue.ts";
import type { Fault } from "#domain/fault.ts";
import { formatHour, hourOf } from "#domain/hour.ts";
import type { StoredCatalogue } from "./load-catalogue.ts";

/** The first document of each kind and name. */
export type DocumentIndex = ReadonlyMap<string, CatalogueDocument>;

export function indexDocuments(documents: readonly CatalogueDocument[]): DocumentIndex {
  const index = new Map<string, CatalogueDocument>();
  for (const document of documents) {
    const key = keyOf(document.kind, document.metadata.name);
    if (!index.has(key)) index.set(key, document);
  }
  return index;
}

/** What one document cannot check alone: names defined elsewhere, and an end before an omitted start. */
export function checkReferences(
  document: CatalogueDocument,
  index: DocumentIndex,
  stored: StoredCatalogue,
  now: Date,
): Fault[] {
  const { kind, metadata } = document;
  const faults: Fault[] = [];
  if (index.get(keyOf(kind, metadata.name)) !== document) {
    faults.push({ pointer: "/metadata/name", detail: `must be unique; an earlier ${kind} has the same name` });
  }
  if (kind === "Datacenter" || kind === "EventType") faults.push(...checkRange(document, stored, now));
  if (kind === "EventType") faults.push(...checkNames(document.spec, index, stored));
  return faults;
}

function checkRange(
  document: Extract<CatalogueDocument, { kind: "Datacenter" | "EventType" }>,
  stored: StoredCatalogue,
  now: Date,
): Fault[] {
  const { kind, metadata, spec } = document;
  const before = (kind === "Datacenter" ? stored.datacenters : stored.eventTypes).get(metadata.name);
  const start = spec.activeFrom ?? before?.activeFrom ?? hourOf(now);
  if (!spec.activeTo || spec.activeTo > start) return [];
  const detail = `must be after activeFrom, which is ${formatHour(start)}; found ${formatHour(spec.activeTo)}`;
  return [{ pointer: "/spec/activeTo", detail }];
}

function checkNames(
  spec: Extract<CatalogueDocument, { kind: "EventType" }>["spec"],
  index: DocumentIndex,
  stored: StoredCatalogue,
): Fault[] {
  const faults: Fault[] = [];
  if (!stored.tiers.has(spec.tier) && !index.has(keyOf("Tier", spec.tier))) {
    const known = [...stored.tiers.keys()].sort().join(", ");
    const detail = `must be an existing tier (${known}) or one in these documents; found "${spec.tier}"`;
    faults.push({ pointer: "/spec/tier", detail });
  }
  for (const [position, name] of (spec.datacenters ?? []).entries()) {
    if (stored.datacenters.has(name) || index.has(keyOf("Datacenter", name))) continue;
    const detail = `must be an existing datacenter or one in these documents; found "${name}"`;
    faults.push({ pointer: `/spec/datacenters/${position}`, detail });
  }
  return faults;
}

function keyOf(kind: CatalogueKind, name: string): string {
  return `${kind}/${name}`;
}
