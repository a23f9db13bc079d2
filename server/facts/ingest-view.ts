import {
  type CorrectionAction,
  type Corrections,
  correctionActions,
  correctionKinds,
  type HolderScope,
  indexCorrections,
} from "#domain/correction.ts";
import { stages } from "#domain/protocol.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { forgetNames } from "./intern-names.ts";

/** Database state a process caches while it folds and writes facts: the active corrections and the names' ids. */
export interface IngestView {
  readonly corrections: Corrections;
  readonly version: FactVersion;
}

interface FactVersion {
  corrections: bigint;
  names: bigint;
}

/** A correction was made or undone, or a name deleted, since the view was read. Nothing was written: renew the view and fold again. */
export class ViewOutdated extends Error {}

const views = new WeakMap<Database, Promise<IngestView>>();

/** The last view read. */
export function ingestView(database: Database): Promise<IngestView> {
  return views.get(database) ?? renewIngestView(database);
}

export function renewIngestView(database: Database): Promise<IngestView> {
  const renewed = readView(database);
  views.set(database, renewed);
  renewed.catch(() => {
    if (views.get(database) === renewed) views.delete(database);
  });
  return renewed;
}

/**
 * Throws ViewOutdated unless the view is current. Call while holding the ingest gate (advisory lock) shared: corrections and
 * deletions take it exclusively, so it stays current until the transaction ends.
 */
export async function requireCurrentView(tx: Sql, { version }: IngestView): Promise<void> {
  const now = await readVersion(tx);
  if (now.corrections === version.corrections && now.names === version.names) return;
  throw new ViewOutdated("Corrections or names changed while this batch was made.");
}

async function readView(database: Database): Promise<IngestView> {
  // Read first: a change during the other reads leaves a version that no transaction accepts.
  const version = await readVersion(database.sql);
  forgetNames(database);
  const { rows } = await database.sql.query<CorrectionRow>(
    `SELECT id::float8 AS id, action, event_type AS "eventType", datacenter AS dc, stage, reporter, from_hour AS "from",
            to_hour AS "to", after_at AS "after", observed_through AS "observedThrough"
       FROM correction WHERE undone_at IS NULL AND action = ANY ($1)`,
    [correctionActions.filter((action) => correctionKinds[action].toHolder)],
  );
  const holders = rows.flatMap(({ action, stage, ...scope }) => {
    const named = stage === null ? null : (stages[stage - 1] ?? null);
    return correctionKinds[action].toHolder?.({ ...scope, stage: named }) ?? [];
  });
  const counts = holders.flatMap((holder) => ("counts" in holder ? [holder.counts] : []));
  const marks = holders.flatMap((holder) => ("marks" in holder ? [holder.marks] : []));
  return { version, corrections: indexCorrections(counts, marks) };
}

async function readVersion(sql: Sql): Promise<FactVersion> {
  const { rows } = await sql.query<FactVersion>("SELECT corrections, names FROM fact_version");
  if (!rows[0]) throw new Error("fact_version has lost its row.");
  return rows[0];
}

interface CorrectionRow extends Omit<HolderScope, "stage"> {
  action: CorrectionAction;
  stage: number | null;
}
