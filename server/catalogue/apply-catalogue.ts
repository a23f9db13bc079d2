import type { CatalogueDocument, CatalogueEffect } from "#domain/catalogue.ts";
import type { CheckDestination } from "#domain/egress.ts";
import { addHours } from "#domain/hour.ts";
import { type Call, type Concerned, requireLimits, requireOwnership, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { ensurePartitions, monthOf } from "#server/db/partitions.ts";
import { readFactsKeptFrom } from "#server/db/read-facts-kept-from.ts";
import { rememberReporters } from "#server/facts/index.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { loadOwnedHours } from "./affected-hours.ts";
import { lockAlerting, lockCatalogue } from "./alerting-lock.ts";
import {
  type Comparison,
  compareCatalogue,
  isDeliveryDocument,
  parseAll,
  refused,
  type Sourced,
} from "./compare-catalogue.ts";
import type { CatalogueDiff, Change } from "./diff-catalogue.ts";
import { noteTermsChange } from "./note-terms-change.ts";
import { ownedChanges } from "./owned-changes.ts";
import { createdRange, planVerdicts, type VerdictPlan } from "./plan-verdicts.ts";
import { previewEffects } from "./preview-effects.ts";
import { readDocuments } from "./read-documents.ts";
import { recordChanges } from "./record-changes.ts";
import { remakeVerdicts } from "./remake-verdicts.ts";
import { requireDestinations } from "./require-destinations.ts";
import { writeAlerting } from "./write-alerting.ts";
import { writeCatalogue } from "./write-catalogue.ts";

export interface ApplyInput {
  /** YAML or JSON, any number of documents. */
  readonly text: string;
  readonly dryRun: boolean;
  /** For channels' receivers; absent: they are checked on sending only. */
  readonly checkDestination?: CheckDestination;
  /** Hours of all types together that the change updates in its own transaction; older ones follow in the background. */
  readonly hoursAtOnce?: number;
  /** Of what is stored under the documents' names. */
  readonly precondition?: Precondition;
  /** A rule or tree that is written as it is built in stays built in: it was sent back as it was read. */
  readonly keepBuiltIn?: boolean;
}

export interface ApplyResult {
  readonly changes: readonly PreviewedChange[];
  /** False for a dry run, and if nothing had to change. */
  readonly applied: boolean;
}

/** 22 years: a longer past is a typo, and would need more partitions than PostgreSQL scans well. */
const maxHoursOfType = 200_000;
/** 5,700 years of a type: more is a typo too. */
const maxHoursOfAll = 50_000_000;
/** Creating or marking them takes well under a second, while judges wait; more would delay new hours too. */
const defaultHoursAtOnce = 10_000;

/** In a dry run, with its effect on verdicts; null: none. */
export type PreviewedChange = Change & { readonly effect?: CatalogueEffect | null };

/**
 * Makes the catalogue match the documents, all or nothing; whatever they do not name stays unchanged.
 * Throws Invalid with every fault, each with its document and line.
 */
export async function applyCatalogue({ ctx, input }: Call<ApplyInput>): Promise<ApplyResult> {
  requireScope(ctx, "write");
  const now = ctx.clock.now();
  const sourced = await parseAll(await readDocuments(input.text));
  requireLimits(ctx, ...sourced.flatMap(({ document }) => concernedBy(document)));
  if (input.checkDestination) await requireDestinations(sourced, input.checkDestination);
  const found = await compare(ctx.database.sql, sourced, now, input);
  // Again below, where no other change can come between.
  requireOwnership(ctx, ...ownedChanges(found, sourced));
  checkAll(found, input.precondition);
  const factsKeptFrom = await readFactsKeptFrom(ctx.database.sql);
  if (input.dryRun) {
    const effects = await previewEffects(ctx.database.sql, found.delivery, { now, factsKeptFrom });
    const changes = found.changes.map((change) => ({ ...change, effect: effects.get(change) ?? null }));
    return { changes, applied: false };
  }
  if (isUnchanged(found)) return { changes: found.changes, applied: false };
  // One year at a time: a single transaction for a long past would exceed PostgreSQL's lock table.
  for (const year of yearsOf(found.delivery, now)) await ensurePartitions(ctx.database, year, now);
  return ctx.database.transaction(async (tx) => {
    if (sourced.some(({ document }) => !isDeliveryDocument(document))) await lockAlerting(tx);
    await holdEventTypes(tx, sourced);
    const settled = await compare(tx, sourced, now, input);
    requireOwnership(ctx, ...ownedChanges(settled, sourced));
    checkAll(settled, input.precondition);
    if (isUnchanged(settled)) return { changes: settled.changes, applied: false };
    const plan = planVerdicts(settled.delivery);
    await writeDelivery(tx, settled.delivery, plan, {
      now,
      factsKeptFrom,
      actor: ctx.actor,
      hoursAtOnce: input.hoursAtOnce ?? defaultHoursAtOnce,
    });
    await writeAlerting(tx, { rows: settled.alerting.rows, ctx, now });
    await recordChanges(tx, ctx, settled);
    // Last, so that writers of facts wait for little more than the commit. A fact committed before sees the old type,
    // and the hours' first verdict includes it; a fact that waits here sees the claim, and marks the hour.
    if (plan.resized.length > 0) await lockIngestGate(tx);
    await rememberReporters(tx, await findExpecting(tx, settled.delivery));
    return { changes: settled.changes, applied: true };
  }, "long");
}

/** A type's terms apply to every datacenter, a datacenter to every type, a tier to each of its types. */
function concernedBy({ kind, metadata: { name } }: CatalogueDocument): Concerned[] {
  if (kind === "EventType") return [{ eventType: name, datacenter: null }];
  if (kind === "Datacenter") return [{ eventType: null, datacenter: name }];
  return kind === "Tier" ? [{ eventType: null, datacenter: null }] : [];
}

async function writeDelivery(
  tx: Sql,
  diff: CatalogueDiff,
  plan: VerdictPlan,
  { now, ...terms }: { now: Date; factsKeptFrom: Date | null; actor: string; hoursAtOnce: number },
): Promise<void> {
  if (isUnchanged(diff)) return;
  const owned = await loadOwnedHours(tx, plan.resized);
  await writeCatalogue(tx, diff, now);
  const reasons = await noteTermsChange(tx, { diff, plan, changedAt: now, actor: terms.actor });
  const ownedBefore = new Map(owned.map((hours) => [hours.eventTypeId, hours]));
  await remakeVerdicts(tx, { plan, ownedBefore, reasons, now, ...terms });
}

async function compare(
  sql: Sql,
  sourced: readonly Sourced[],
  now: Date,
  { keepBuiltIn = false }: ApplyInput,
): Promise<Comparison> {
  const comparison = await compareCatalogue(sql, sourced, now, keepBuiltIn);
  refuseTooManyHours(comparison.delivery, now);
  return comparison;
}

/** Types that begin to expect their reporters. */
async function findExpecting(tx: Sql, diff: CatalogueDiff): Promise<number[]> {
  const names = diff.eventTypes
    .filter(({ before, after }) => after.expectReporters && !before?.expectReporters)
    .map(({ after }) => after.name);
  if (names.length === 0) return [];
  const { rows } = await tx.query<{ id: number }>("SELECT id FROM event_type WHERE name = ANY ($1)", [names]);
  return rows.map(({ id }) => id);
}

function checkAll({ stored }: Comparison, precondition: Precondition | undefined): void {
  if (precondition)
    for (const { name, tag } of stored) checkPrecondition(precondition, { what: `"${name}"`, tag: tag() });
}

function isUnchanged({ changes }: { changes: readonly Change[] }): boolean {
  return changes.every((change) => change.action === "unchanged");
}

function refuseTooManyHours(diff: CatalogueDiff, now: Date): void {
  const counts = diff.eventTypes.map(({ after }) => ({
    name: after.name,
    hours: countHours(createdRange(after, now)),
  }));
  const longest = counts.find(({ hours }) => hours > maxHoursOfType);
  if (longest) {
    const detail = `must give "${longest.name}" at most ${maxHoursOfType} hours from activeFrom to now or activeTo; found ${longest.hours}`;
    throw refused([{ pointer: "", detail }]);
  }
  const all = counts.reduce((sum, { hours }) => sum + hours, 0);
  if (all <= maxHoursOfAll) return;
  const detail = `must create at most ${maxHoursOfAll} verdicts at once; found ${all}. Apply the types in parts`;
  throw refused([{ pointer: "", detail }]);
}

function countHours(range: { from: Date; to: Date } | null): number {
  return range ? (range.to.getTime() - range.from.getTime()) / 3_600_000 : 0;
}

/** The months that contain the types' hours, by year. */
function yearsOf(diff: CatalogueDiff, now: Date): Iterable<Date[]> {
  const years = new Map<number, Date[]>();
  const seen = new Set<number>();
  for (const { after } of diff.eventTypes) {
    const created = createdRange(after, now);
    if (!created) continue;
    for (let month = monthOf(created.from); month < created.to; month = monthOf(addHours(month, 32 * 24))) {
      if (seen.has(month.getTime())) continue;
      seen.add(month.getTime());
      const year = month.getUTCFullYear();
      years.set(year, [...(years.get(year) ?? []), month]);
    }
  }
  return years.values();
}

/**
 * From here on, delivery changes are serialised. Locks every type whose verdicts may change, in the order that judges and
 * hour creation use; always types before the ingest gate.
 */
async function holdEventTypes(tx: Sql, sourced: readonly Sourced[]): Promise<void> {
  const deliveries = sourced.map(({ document }) => document).filter(isDeliveryDocument);
  if (deliveries.length === 0) return;
  await lockCatalogue(tx);
  const named = deliveries.filter(({ kind }) => kind === "EventType").map(({ metadata }) => metadata.name);
  await tx.query(
    `SELECT id FROM event_type WHERE claimed_at IS NOT NULL OR name = ANY ($1)
      ORDER BY id FOR NO KEY UPDATE`,
    [named],
  );
}
