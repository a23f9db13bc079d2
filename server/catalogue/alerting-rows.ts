import type { AlertingDocument, CatalogueKind } from "#domain/catalogue.ts";
import type { FieldValue } from "./changed-fields.ts";

export type AlertingKind = AlertingDocument["kind"];

/** A document of rules, channels, schedules, the tree, silences or sources, with its spec as written. */
export interface WrittenDocument {
  readonly document: AlertingDocument;
  readonly spec: WrittenSpec;
}

export type WrittenSpec = { readonly [field: string]: FieldValue };

/** A stored row: the spec that a file would contain. */
export interface AlertingRow {
  readonly kind: AlertingKind;
  readonly name: string;
  readonly spec: WrittenSpec;
}

/** A row that a document changes; `before`: null where it is new. */
export interface ChangedAlertingRow extends AlertingRow {
  readonly before: WrittenSpec | null;
}

/** Stored rows for the names in the documents. Channels, schedules and tiers are few, so all their names are read. */
export interface StoredAlerting {
  readonly rows: ReadonlyMap<string, AlertingRow>;
  /** Name → type. */
  readonly channels: ReadonlyMap<string, string>;
  readonly schedules: ReadonlySet<string>;
  /** Channel → the schedules in which it reaches a person. */
  readonly onCallChannels: ReadonlyMap<string, readonly string[]>;
  readonly tiers: ReadonlySet<string>;
  /** Those that rules name, including discovered ones. */
  readonly eventTypes: ReadonlySet<string>;
  readonly datacenters: ReadonlySet<string>;
}

export function alertingKey(kind: CatalogueKind, name: string): string {
  return `${kind}/${name}`;
}
