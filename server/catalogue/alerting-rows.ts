import type { AlertingDocument, CatalogueKind } from "#domain/catalogue.ts";
import type { FieldValue } from "./changed-fields.ts";

export type AlertingKind = AlertingDocument["kind"];

/** A document of rules, channels, the tree or silences, with its spec as it was written. */
export interface WrittenDocument {
  readonly document: AlertingDocument;
  readonly spec: WrittenSpec;
}

export type WrittenSpec = { readonly [field: string]: FieldValue };

/** What is stored of one: the spec that a file would write to get it. */
export interface AlertingRow {
  readonly kind: AlertingKind;
  readonly name: string;
  readonly spec: WrittenSpec;
}

/** What is stored of the names that documents speak of. Channels and tiers are few and their names read whole. */
export interface StoredAlerting {
  readonly rows: ReadonlyMap<string, AlertingRow>;
  readonly channels: ReadonlySet<string>;
  readonly tiers: ReadonlySet<string>;
  /** Those that rules name; what was only discovered is there too. */
  readonly eventTypes: ReadonlySet<string>;
  readonly datacenters: ReadonlySet<string>;
}

export function alertingKey(kind: CatalogueKind, name: string): string {
  return `${kind}/${name}`;
}
