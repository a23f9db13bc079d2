import type { CatalogueDocument } from "#domain/catalogue.ts";
import type { Sql } from "#server/db/database.ts";
import type { DatacenterRow, TierRow } from "./catalogue-rows.ts";
import { type EventTypeRow, selectEventType } from "./event-type-columns.ts";

/** Stored rows for the names in the documents. Tiers are few, so all are read. */
export interface StoredCatalogue {
  readonly tiers: ReadonlyMap<string, TierRow>;
  readonly datacenters: ReadonlyMap<string, DatacenterRow>;
  readonly eventTypes: ReadonlyMap<string, EventTypeRow>;
}

/** Every tier, and the datacenters and types that the documents name. */
export async function loadCatalogue(sql: Sql, documents: readonly CatalogueDocument[]): Promise<StoredCatalogue> {
  const named = (kind: CatalogueDocument["kind"]) =>
    documents.filter((document) => document.kind === kind).map((document) => document.metadata.name);
  const listed = documents.flatMap((document) =>
    document.kind === "EventType" ? (document.spec.datacenters ?? []) : [],
  );
  const tiers = await loadTiers(sql);
  const datacenters = await loadDatacenters(sql, [...named("Datacenter"), ...listed]);
  const eventTypes = await loadEventTypes(sql, named("EventType"));
  return { tiers: byName(tiers), datacenters: byName(datacenters), eventTypes: byName(eventTypes) };
}

export async function loadTiers(sql: Sql): Promise<TierRow[]> {
  return sql.rows<TierRow>(
    `SELECT name, deadline_seconds AS "deadlineSeconds", objective, objective_completeness AS "objectiveCompleteness",
            objective_skew AS "objectiveSkew"
       FROM tier`,
  );
}

async function loadDatacenters(sql: Sql, names: string[]): Promise<DatacenterRow[]> {
  return sql.rows<DatacenterRow>(
    `SELECT name, display_name AS "displayName", claimed_at AS "claimedAt", active_from AS "activeFrom", active_to AS "activeTo"
       FROM datacenter WHERE name = ANY ($1)`,
    [names],
  );
}

export async function loadEventTypes(sql: Sql, names: string[]): Promise<EventTypeRow[]> {
  return sql.rows<EventTypeRow>(`SELECT ${selectEventType("t")} FROM event_type t WHERE t.name = ANY ($1)`, [names]);
}

function byName<Row extends { name: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.name, row]));
}
