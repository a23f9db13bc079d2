import { type AcceptedFigures, isAcceptanceInForce } from "#domain/correction.ts";
import { isChanged, reviseVerdict } from "#domain/revision.ts";
import { judgeHour, type VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { judgedTypes } from "./judged-types.ts";
import { type HourFacts, type HourKey, hourKeys, loadFacts } from "./load-facts.ts";
import { loadVerdicts, verdictKey } from "./load-verdicts.ts";
import { markAlertsDue } from "./mark-alerts-due.ts";
import { type JudgedForSlo, markJudgedDays } from "./mark-slo-days.ts";
import { markVerdictsChanged } from "./mark-verdicts-changed.ts";
import { recountCompleteThrough } from "./recount-complete-through.ts";
import type { VerdictSpans } from "./verdict-spans.ts";
import { writeLanes } from "./write-lanes.ts";
import { type JudgedHour, writeRevisions, writeVerdicts } from "./write-verdicts.ts";

export interface JudgeKeysInput {
  /** Without duplicates. */
  readonly keys: readonly HourKey[];
  readonly now: Date;
  /** What caused an hour's judgement. */
  readonly causeOf: (hour: HourKey) => Pick<JudgedForSlo, "cause" | "actor" | "reason">;
  /** The correction that caused it; omitted: none did. */
  readonly correctionOf?: (hour: HourKey) => bigint | null;
  readonly onJudged: OnJudged;
  /** Absent: traces are off, or it is no news. */
  readonly spans?: VerdictSpans | null;
}

/** Runs in the judge's transaction, so that its writes, such as consumers' notifications, commit with the verdicts or not at all. */
export type OnJudged = (tx: Sql, judged: readonly JudgedHour[], now: Date) => Promise<void>;

/**
 * Judges these hours from their facts, and writes everything derived from their verdicts: revisions, days to add up, completeThrough,
 * types whose alert rules are due. The caller owns the transaction and holds their types' row locks.
 */
export async function judgeKeys(tx: Sql, input: JudgeKeysInput): Promise<readonly JudgedHour[]> {
  const { keys, now } = input;
  const previous = await loadVerdicts(tx, keys);
  // Hours without a verdict row are not created yet, or their type is unclaimed: their facts wait.
  const known = keys.filter((key) => previous.has(verdictKey(key)));
  const facts = await loadFacts(tx, known);
  const acceptances = await loadAcceptances(tx, facts);
  const judged = facts.flatMap((hour) => judge(hour, previous, { now, acceptances, correctionOf: input.correctionOf }));
  await input.spans?.start(tx, judged);
  await writeVerdicts(tx, judged, now);
  await writeLanes(tx, judged);
  await writeRevisions(tx, judged, now);
  const changed = judged.map((hour) => hour.eventTypeId);
  await markVerdictsChanged(tx, changed, now);
  await markJudgedDays(tx, countedForSlo(judged, input.causeOf));
  await advanceCompleteThrough(tx, judged);
  await input.onJudged(tx, judged, now);
  await notifyReaders(tx, judged);
  await markAlertsDue(tx, judgedTypes(judged, now), now, traceparentsOf(judged));
  return judged;
}

/** Per hour, the correction that accepts it at these figures; null: none. */
type FindAcceptance = (hour: HourKey, figures: AcceptedFigures) => bigint | null;

/** If several apply, the newest. */
async function loadAcceptances(sql: Sql, keys: readonly HourKey[]): Promise<FindAcceptance> {
  if (keys.length === 0) return () => null;
  const { rows } = await sql.query<HourKey & AcceptedFigures & { id: bigint }>(
    `SELECT a.event_type_id AS "eventTypeId", a.hour, a.lost, a.duplicated, a.known, a.correction_id AS id
       FROM ${hourKeys.from("k")}
       JOIN accepted_hour a ON a.event_type_id = k.event_type_id AND a.hour = k.hour
       JOIN correction c ON c.id = a.correction_id AND c.undone_at IS NULL
      ORDER BY a.correction_id DESC`,
    hourKeys.values(keys),
  );
  const byHour = Map.groupBy(rows, verdictKey);
  return (hour, figures) =>
    byHour.get(verdictKey(hour))?.find((accepted) => isAcceptanceInForce(accepted, figures))?.id ?? null;
}

interface Judging {
  now: Date;
  acceptances: FindAcceptance;
  correctionOf: JudgeKeysInput["correctionOf"];
}

function judge(
  hour: HourFacts,
  previous: Awaited<ReturnType<typeof loadVerdicts>>,
  { now, acceptances, correctionOf }: Judging,
): JudgedHour[] {
  const before = previous.get(verdictKey(hour));
  if (!before) return [];
  const found = judgeHour({ hour: hour.hour, facts: hour.facts, terms: hour.terms, now });
  const acceptedBy = acceptances(hour, found);
  const judgement = { ...found, acceptedBy, accepted: acceptedBy !== null };
  const { acceptedBy: acceptedBefore = null } = before;
  const correctionId = correctionOf?.(hour) ?? (acceptedBy === acceptedBefore ? null : (acceptedBy ?? acceptedBefore));
  const revision = reviseVerdict(before, judgement);
  return [{ eventTypeId: hour.eventTypeId, hour: hour.hour, before, judgement, correctionId, ...revision }];
}

/** Hours that count for service levels now or did before: neither running nor closing. */
function countedForSlo(judged: readonly JudgedHour[], causeOf: JudgeKeysInput["causeOf"]): JudgedForSlo[] {
  const isUnderWay = (state: string) => state === "open" || state === "closing";
  return judged
    .filter(({ before, judgement }) => !isUnderWay(before.state) || !isUnderWay(judgement.state))
    .map((hour) => ({ eventTypeId: hour.eventTypeId, hour: hour.hour, ...causeOf(hour) }));
}

/** Of the newest changed hour of each type. */
function traceparentsOf(judged: readonly JudgedHour[]): ReadonlyMap<number, string> | null {
  const traced = judged.filter(({ traceparent }) => traceparent !== undefined);
  if (traced.length === 0) return null;
  const oldestFirst = traced.toSorted((a, b) => a.hour.getTime() - b.hour.getTime());
  return new Map(oldestFirst.map(({ eventTypeId, traceparent = "" }) => [eventTypeId, traceparent]));
}

/** Updates completeThrough for the types in which an hour became complete or stopped being complete. */
async function advanceCompleteThrough(tx: Sql, judged: readonly JudgedHour[]): Promise<void> {
  const moved = judged.filter(
    (hour) => hour.before.revision === 0 || isPassed(hour.before) !== isPassed(hour.judgement),
  );
  await recountCompleteThrough(tx, [...new Set(moved.map((hour) => hour.eventTypeId))]);
}

/** completeThrough moves past it. */
function isPassed({ state, accepted }: { state: VerdictState; accepted?: boolean }): boolean {
  return state === "complete" || accepted === true;
}

/** PostgreSQL rejects NOTIFY payloads of 8,000 bytes or more. */
const maxPayloadBytes = 7_000;

/** Wakes requests that wait for these hours; "*" if too many to name. */
async function notifyReaders(tx: Sql, judged: readonly JudgedHour[]): Promise<void> {
  const changed = judged.filter((hour) => isChanged(hour.before, hour.judgement));
  if (changed.length === 0) return;
  const named = JSON.stringify(changed.map((hour) => [hour.eventTypeId, hour.hour.getTime()]));
  await tx.query("SELECT pg_notify('tidemark_verdict', $1)", [named.length > maxPayloadBytes ? "*" : named]);
}
