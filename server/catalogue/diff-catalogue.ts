import type { CatalogueKind, DatacenterSpec, DeliveryDocument } from "#domain/catalogue.ts";
import { hourOf } from "#domain/hour.ts";
import type { DatacenterRow, TierRow } from "./catalogue-rows.ts";
import { changedFields, datacenterFields, type FieldChange, tierFields } from "./changed-fields.ts";
import { type EventTypeRow, eventTypeAfter, eventTypeFields } from "./event-type-columns.ts";
import type { StoredCatalogue } from "./load-catalogue.ts";

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

/** What the documents would change, in order; unchanged rows are left out. */
export interface CatalogueDiff {
  readonly changes: readonly Change<DeliveryKind>[];
  readonly tiers: readonly RowChange<TierRow>[];
  readonly datacenters: readonly RowChange<DatacenterRow>[];
  readonly eventTypes: readonly RowChange<EventTypeRow>[];
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
  };
  const note = <Row>(change: RowChange<Row>, into: RowChange<Row>[]) => {
    diff.changes.push(change.change);
    if (change.change.action !== "unchanged") into.push(change);
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
      note(rowChange(kind, before, after, changedFields(tierFields, before, after), false), diff.tiers);
    } else if (kind === "Datacenter") {
      const before = stored.datacenters.get(name) ?? null;
      const after = datacenterAfter(name, spec, before, now);
      const fields = changedFields(datacenterFields, before, after);
      note(rowChange(kind, before, after, fields, before?.claimedAt === null), diff.datacenters);
    } else {
      const before = stored.eventTypes.get(name) ?? null;
      const after = eventTypeAfter(name, spec, before, now);
      const fields = changedFields(eventTypeFields, before, after);
      note(rowChange(kind, before, after, fields, before?.claimedAt === null), diff.eventTypes);
    }
  }
  return diff;
}

function rowChange<Row extends { name: string }>(
  kind: DeliveryKind,
  before: Row | null,
  after: Row,
  fields: FieldChange[],
  claims: boolean,
): RowChange<Row> {
  const action = before === null ? "create" : claims ? "claim" : fields.length > 0 ? "update" : "unchanged";
  return { before, after, change: { kind, name: after.name, action, fields } };
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
