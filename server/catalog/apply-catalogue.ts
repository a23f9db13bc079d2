import { type CatalogueDocument, parseDocument } from "#domain/catalogue.ts";
import { addHours } from "#domain/hour.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { ensurePartitions, monthOf } from "#server/db/partitions.ts";
import { type Fault, Invalid } from "#server/errors.ts";
import { noteTermsChange } from "#server/slo/note-terms-change.ts";
import { checkReferences, indexDocuments } from "./check-references.ts";
import { type CatalogueDiff, type Change, diffCatalogue } from "./diff-catalogue.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { bornRange, planVerdicts } from "./plan-verdicts.ts";
import { readDocuments, type SourceDocument } from "./read-documents.ts";
import { remakeVerdicts } from "./remake-verdicts.ts";
import { termsChanges } from "./terms-changes.ts";
import { writeCatalogue } from "./write-catalogue.ts";

export interface ApplyInput {
  /** YAML or JSON, any number of documents. */
  readonly text: string;
  readonly dryRun: boolean;
  /** Hours older than so many seconds have lost their facts and keep their verdict; null: facts are kept for ever. */
  readonly keepFactsSeconds?: number | null;
}

export interface ApplyResult {
  readonly changes: readonly Change[];
  /** False for a dry run, and when nothing had to change. */
  readonly applied: boolean;
}

/** 22 years: a longer past is a slip of the pen, and would need more partitions than PostgreSQL likes to look through. */
const maxHoursOfType = 200_000;
/** More would hold writers of facts up for minutes. */
const maxHoursAtOnce = 5_000_000;

/**
 * Brings the catalogue to what the documents say, all of it or nothing; what they do not name stays as it is.
 * Throws Invalid with every fault, each at its document and line.
 */
export async function applyCatalogue({ ctx, input }: { ctx: Context; input: ApplyInput }): Promise<ApplyResult> {
  requireScope(ctx, "write");
  const now = ctx.clock.now();
  const sources = readDocuments(input.text);
  const documents = parseAll(sources);
  const diff = await compare(ctx.database.sql, sources, documents, now);
  if (input.dryRun || isUnchanged(diff)) return { changes: diff.changes, applied: false };
  // A year at a time: one transaction for all of a long past would hold more locks than PostgreSQL has.
  for (const year of yearsOf(diff, now)) await ensurePartitions(ctx.database, year);
  const factsKeptFrom = input.keepFactsSeconds ? new Date(now.getTime() - input.keepFactsSeconds * 1000) : null;
  return ctx.database.transaction(async (tx) => {
    // Alone from here: no fact falls between a claim and its first verdict, and changes of the catalogue come one by one.
    await lockIngestGate(tx);
    const settled = await compare(tx, sources, documents, now);
    if (isUnchanged(settled)) return { changes: settled.changes, applied: false };
    await holdEventTypes(tx, settled);
    await writeCatalogue(tx, settled, now);
    const plan = planVerdicts(settled);
    await remakeVerdicts(tx, plan, factsKeptFrom);
    const changes = termsChanges(settled, plan);
    await noteTermsChange(tx, { changes, resized: plan.resized, changedAt: now, actor: ctx.actor });
    return { changes: settled.changes, applied: true };
  });
}

function parseAll(sources: readonly SourceDocument[]): CatalogueDocument[] {
  const parsed = sources.map((source) => parseDocument(source.value));
  const faults = parsed.flatMap((result, index) => (result.ok ? [] : locate(result.faults, sources[index])));
  if (faults.length > 0) throw refused(faults);
  return parsed.flatMap((result) => (result.ok ? [result.document] : []));
}

async function compare(
  sql: Sql,
  sources: readonly SourceDocument[],
  documents: readonly CatalogueDocument[],
  now: Date,
): Promise<CatalogueDiff> {
  const stored = await loadCatalogue(sql, documents);
  const index = indexDocuments(documents);
  const faults = documents.flatMap((document, position) =>
    locate(checkReferences(document, index, stored, now), sources[position]),
  );
  if (faults.length > 0) throw refused(faults);
  const diff = diffCatalogue(documents, stored, now);
  refuseTooManyHours(diff, now);
  return diff;
}

function locate(faults: readonly { pointer: string; detail: string }[], source: SourceDocument | undefined): Fault[] {
  return faults.map((fault) => ({ ...fault, ...source?.locate(fault.pointer) }));
}

function refused(faults: Fault[]): Invalid {
  return new Invalid("The catalogue was not changed: mend the faults and apply all of it again.", faults);
}

function isUnchanged(diff: CatalogueDiff): boolean {
  return diff.changes.every((change) => change.action === "unchanged");
}

function refuseTooManyHours(diff: CatalogueDiff, now: Date): void {
  const counts = diff.eventTypes.map(({ after }) => ({ name: after.name, hours: countHours(bornRange(after, now)) }));
  const longest = counts.find(({ hours }) => hours > maxHoursOfType);
  if (longest) {
    const detail = `must give "${longest.name}" at most ${maxHoursOfType} hours from activeFrom to now or activeTo; these are ${longest.hours}`;
    throw refused([{ pointer: "", detail }]);
  }
  const all = counts.reduce((sum, { hours }) => sum + hours, 0);
  if (all <= maxHoursAtOnce) return;
  const detail = `must ask for at most ${maxHoursAtOnce} verdicts at once; the types' hours from activeFrom to now are ${all}: apply them in parts`;
  throw refused([{ pointer: "", detail }]);
}

function countHours(range: { from: Date; to: Date } | null): number {
  return range ? (range.to.getTime() - range.from.getTime()) / 3_600_000 : 0;
}

/** The months that the types' hours lie in, by year. */
function yearsOf(diff: CatalogueDiff, now: Date): Iterable<Date[]> {
  const years = new Map<number, Date[]>();
  const seen = new Set<number>();
  for (const { after } of diff.eventTypes) {
    const born = bornRange(after, now);
    if (!born) continue;
    for (let month = monthOf(born.from); month < born.to; month = monthOf(addHours(month, 32 * 24))) {
      if (seen.has(month.getTime())) continue;
      seen.add(month.getTime());
      const year = month.getUTCFullYear();
      years.set(year, [...(years.get(year) ?? []), month]);
    }
  }
  return years.values();
}

/** Every type whose verdicts may change, in the order in which judges and births take them too. */
async function holdEventTypes(tx: Sql, diff: CatalogueDiff): Promise<void> {
  await tx.query(
    `SELECT id FROM event_type WHERE claimed_at IS NOT NULL OR name = ANY ($1)
      ORDER BY id FOR NO KEY UPDATE`,
    [diff.eventTypes.map(({ after }) => after.name)],
  );
}
