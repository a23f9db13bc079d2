import type { CatalogueKind, DatacenterSpec, DeliveryDocument } from "#domain/catalogue.ts";
import { hourOf } from "#domain/hour.ts";
import { specTag } from "#server/precondition.ts";
import type { DatacenterRow, TierRow } from "./catalogue-rows.ts";
import { changedFields, datacenterFields, type FieldChange, type Fields, tierFields } from "./changed-fields.ts";
import { type EventTypeRow, eventTypeAfter, eventTypeFields } from "./event-type-columns.ts";
import type { StoredCatalogue } from "./load-catalogue.ts";
import { type SpecRow, writeSpec } from "./write-spec.ts";

export interface Change<Kind extends CatalogueKind = CatalogueKind> {
  readonly kind: Kind;
  readonly name: string;
  /** `claim`: a discovered name gets an owner, or is expected from now on. */
  readonly action: "create" | "claim" | "update" | "unchanged";
  readonly fields: readonly FieldChange[];
}

type DeliveryKind = DeliveryDocument["kind"];

export interface RowChange<Row> {
  readonly before: Row | null;
  readonly after: Row;
  readonly change: Change<DeliveryKind>;
}

/** What is stored under a document's name. `tag`: its `etag`; null: nothing is. */
export interface StoredNoun {
  readonly name: string;
  readonly tag: () => string | null;
}

/** What the documents would change, in order; unchanged rows are left out. */
export interface CatalogueDiff {
  readonly changes: readonly Change<DeliveryKind>[];
  readonly tiers: readonly RowChange<TierRow>[];
  readonly datacenters: readonly RowChange<DatacenterRow>[];
  readonly eventTypes: readonly RowChange<EventTypeRow>[];
  readonly stored: readonly StoredNoun[];
}

/**
 * A document replaces its whole noun: omitted fields return to their defaults. Only activeFrom is kept, because its
 * default is the time of the claim.
 */
export function diffCatalogue(
  documents: readonly DeliveryDocument[],
  stored: StoredCatalogue,
  now: Date,
): CatalogueDiff {
  const diff = {
    changes: [] as Change<DeliveryKind>[],
    tiers: [] as RowChange<TierRow>[],
    datacenters: [] as RowChange<DatacenterRow>[],
    eventTypes: [] as RowChange<EventTypeRow>[],
    stored: [] as StoredNoun[],
  };
  const compare = <Row extends SpecRow>(
    kind: DeliveryKind,
    fields: Fields<Row>,
    { before, after, into }: { before: Row | null; after: Row; into: RowChange<Row>[] },
  ) => {
    const { name } = after;
    const changed = changedFields(fields, before, after);
    const isClaim = before?.claimedAt === null;
    const action = before === null ? "create" : isClaim ? "claim" : changed.length > 0 ? "update" : "unchanged";
    const change = { kind, name, action, fields: changed } as const;
    diff.changes.push(change);
    diff.stored.push({ name, tag: () => before && specTag(writeSpec(fields, before)) });
    if (action !== "unchanged") into.push({ before, after, change });
  };
  for (const { kind, metadata, spec } of documents) {
    const { name } = metadata;
    if (kind === "Tier") {
      const before = stored.tiers.get(name) ?? null;
      const after = {
        name,
        deadlineSeconds: spec.deadline,
        objective: spec.objective ?? spec.objectives?.timeliness ?? null,
        objectiveCompleteness: spec.objectives?.completeness ?? null,
        objectiveSkew: spec.objectives?.skew ?? null,
      };
      compare(kind, tierFields, { before, after, into: diff.tiers });
    } else if (kind === "Datacenter") {
      const before = stored.datacenters.get(name) ?? null;
      compare(kind, datacenterFields, {
        before,
        after: datacenterAfter(name, spec, before, now),
        into: diff.datacenters,
      });
    } else {
      const before = stored.eventTypes.get(name) ?? null;
      compare(kind, eventTypeFields, { before, after: eventTypeAfter(name, spec, before, now), into: diff.eventTypes });
    }
  }
  return diff;
}

function datacenterAfter(name: string, spec: DatacenterSpec, before: DatacenterRow | null, now: Date): DatacenterRow {
  return {
    name,
    displayName: spec.displayName ?? null,
    claimedAt: before?.claimedAt ?? now,
    activeFrom: spec.activeFrom ?? before?.activeFrom ?? hourOf(now),
    activeTo: spec.activeTo ?? null,
  };
}
