import { setImmediate } from "node:timers/promises";
import { type CatalogueDocument, type DeliveryDocument, isAlertingDocument, parseDocument } from "#domain/catalogue.ts";
import type { Sql } from "#server/db/database.ts";
import { type Fault, Invalid } from "#server/errors.ts";
import type { WrittenDocument, WrittenSpec } from "./alerting-rows.ts";
import { checkAlerting } from "./check-alerting.ts";
import { checkReferences, indexDocuments } from "./check-references.ts";
import { type AlertingDiff, diffAlerting } from "./diff-alerting.ts";
import { type CatalogueDiff, type Change, diffCatalogue, type StoredNoun } from "./diff-catalogue.ts";
import { loadAlerting } from "./load-alerting.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import type { SourceDocument } from "./source-documents.ts";

/** A document with its source position. */
export interface Sourced {
  readonly document: CatalogueDocument;
  readonly source: SourceDocument;
}

export interface Comparison {
  /** In document order. */
  readonly changes: readonly Change[];
  readonly delivery: CatalogueDiff;
  readonly alerting: AlertingDiff;
  readonly stored: readonly StoredNoun[];
}

/** The longest that other requests wait for their turn. */
const turnMs = 20;
/** More than anyone fixes at once. */
const mostFaults = 1_000;

/** Throws Invalid with the faults of all documents. */
export async function parseAll(sources: readonly SourceDocument[]): Promise<Sourced[]> {
  const sourced: Sourced[] = [];
  const faults: Fault[] = [];
  let turnEndsAtMs = performance.now() + turnMs;
  for (const source of sources) {
    const result = parseDocument(source.value);
    if (result.ok) sourced.push({ source, document: result.document });
    else faults.push(...locate(result.faults, source));
    if (faults.length >= mostFaults) break;
    if (performance.now() < turnEndsAtMs) continue;
    await setImmediate();
    turnEndsAtMs = performance.now() + turnMs;
  }
  if (faults.length > 0) throw refused(faults);
  return sourced;
}

/** What the documents would change in stored rows. Throws Invalid for unknown names. */
export async function compareCatalogue(
  sql: Sql,
  sourced: readonly Sourced[],
  now: Date,
  keepBuiltIn: boolean,
): Promise<Comparison> {
  const documents = sourced.map(({ document }) => document);
  const written = sourced.flatMap(writtenOf);
  const storedDelivery = await loadCatalogue(sql, documents);
  const storedAlerting = await loadAlerting(sql, written);
  const index = indexDocuments(documents);
  const faults = sourced.flatMap(({ document, source }) => [
    ...locate(checkReferences(document, index, storedDelivery, now), source),
    ...(isAlertingDocument(document) ? locate(checkAlerting(document, index, storedAlerting, now), source) : []),
  ]);
  if (faults.length > 0) throw refused(faults);
  const delivery = diffCatalogue(documents.filter(isDeliveryDocument), storedDelivery, now);
  const alerting = diffAlerting(written, storedAlerting, now, keepBuiltIn);
  const stored = [...delivery.stored, ...alerting.stored];
  return { changes: inOrder(documents, delivery.changes, alerting.changes), delivery, alerting, stored };
}

export function isDeliveryDocument(document: CatalogueDocument): document is DeliveryDocument {
  return !isAlertingDocument(document);
}

export function refused(faults: Fault[]): Invalid {
  return new Invalid("The catalogue was not changed. Fix the errors below and apply all of it again.", faults);
}

function inOrder(
  documents: readonly CatalogueDocument[],
  delivery: readonly Change[],
  alerting: readonly Change[],
): Change[] {
  const [nextDelivery, nextAlerting] = [delivery.values(), alerting.values()];
  return documents.flatMap((document) => {
    const { value } = (isAlertingDocument(document) ? nextAlerting : nextDelivery).next();
    return value ?? [];
  });
}

/** Its spec as JSON: a YAML parser's dates become strings. */
function writtenOf({ document, source }: Sourced): WrittenDocument[] {
  if (!isAlertingDocument(document)) return [];
  const { spec } = source.value as { spec: unknown };
  return [{ document, spec: JSON.parse(JSON.stringify(spec)) as WrittenSpec }];
}

export function locate(faults: readonly { pointer: string; detail: string }[], source: SourceDocument): Fault[] {
  return faults.map((fault) => ({ ...fault, ...source.locate(fault.pointer) }));
}
