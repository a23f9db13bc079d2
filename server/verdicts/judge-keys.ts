import { isChanged, reviseVerdict } from "#domain/revision.ts";
import { judgeHour, type VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { judgedTypes } from "./judged-types.ts";
import { type FindAcceptance, loadAcceptances } from "./load-acceptances.ts";
import { type HourFacts, type HourKey, loadFacts } from "./load-facts.ts";
import { loadVerdicts, verdictKey } from "./load-verdicts.ts";
import { markAlertsDue } from "./mark-alerts-due.ts";
import { type JudgedForSlo, markJudgedDays } from "./mark-slo-days.ts";
import { markVerdictsChanged } from "./mark-verdicts-changed.ts";
import { recountCompleteThrough } from "./recount-complete-through.ts";
import { writeLanes } from "./write-lanes.ts";
import { type JudgedHour, writeRevisions, writeVerdicts } from "./write-verdicts.ts";

export interface JudgeKeysInput {
  /** Each once. */
  readonly keys: readonly HourKey[];
  readonly now: Date;
  /** Who asked for the judgement of an hour. */
  readonly causeOf: (hour: HourKey) => Pick<JudgedForSlo, "cause" | "actor" | "reason">;
  /** The correction that asked for it; left out: none did. */
  readonly correctionOf?: (hour: HourKey) => bigint | null;
  readonly onJudged: OnJudged;
}

/** What else is to be committed with the verdicts, or not at all: who follows them is told here, in the judge's own transaction. */
export type OnJudged = (tx: Sql, judged: readonly JudgedHour[], now: Date) => Promise<void>;

/**
 * Judges these hours from their facts, and writes everything that follows from their verdicts: revisions, days to add up, the unbroken
 * run, types whose alert rules are due. The caller holds the rows of their types, and the transaction is its own.
 */
export async function judgeKeys(tx: Sql, input: JudgeKeysInput): Promise<readonly JudgedHour[]> {
  const { keys, now } = input;
  const previous = await loadVerdicts(tx, keys);
  // Hours without a verdict row are not born yet, or nobody claimed their type: their facts wait for them.
  const facts = await loadFacts(
    tx,
    keys.filter((key) => previous.has(verdictKey(key))),
  );
  const acceptances = await loadAcceptances(tx, facts);
  const judged = facts.flatMap((hour) => judge(hour, previous, { now, acceptances, correctionOf: input.correctionOf }));
  await writeVerdicts(tx, judged, now);
  await writeLanes(tx, judged);
  await writeRevisions(tx, judged, now);
  await markVerdictsChanged(
    tx,
    judged.map((hour) => hour.eventTypeId),
    now,
  );
  await markJudgedDays(tx, countedForSlo(judged, input.causeOf));
  await advanceCompleteThrough(tx, judged);
  await input.onJudged(tx, judged, now);
  await notifyReaders(tx, judged);
  await markAlertsDue(tx, judgedTypes(judged, now), now);
  return judged;
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

/** Hours that may count for service levels now, or did before: those that are neither running nor on their way. */
function countedForSlo(judged: readonly JudgedHour[], causeOf: JudgeKeysInput["causeOf"]): JudgedForSlo[] {
  const isUnderWay = (state: string) => state === "open" || state === "closing";
  return judged
    .filter(({ before, judgement }) => !isUnderWay(before.state) || !isUnderWay(judgement.state))
    .map((hour) => ({ eventTypeId: hour.eventTypeId, hour: hour.hour, ...causeOf(hour) }));
}

/** The last hour of the unbroken run from the type's start, for the types in which a hour became or ceased to be complete. */
async function advanceCompleteThrough(tx: Sql, judged: readonly JudgedHour[]): Promise<void> {
  const moved = judged.filter(
    (hour) => hour.before.revision === 0 || isPassed(hour.before) !== isPassed(hour.judgement),
  );
  await recountCompleteThrough(tx, [...new Set(moved.map((hour) => hour.eventTypeId))]);
}

/** The unbroken run goes on past it. */
function isPassed({ state, accepted }: { state: VerdictState; accepted?: boolean }): boolean {
  return state === "complete" || accepted === true;
}

/** PostgreSQL refuses notifications of 8,000 bytes and more. */
const maxPayloadBytes = 7_000;

/** Wakes who waits for these hours; "*" when there are too many to name. */
async function notifyReaders(tx: Sql, judged: readonly JudgedHour[]): Promise<void> {
  const changed = judged.filter((hour) => isChanged(hour.before, hour.judgement));
  if (changed.length === 0) return;
  const named = JSON.stringify(changed.map((hour) => [hour.eventTypeId, hour.hour.getTime()]));
  await tx.query("SELECT pg_notify('tidemark_verdict', $1)", [named.length > maxPayloadBytes ? "*" : named]);
}
