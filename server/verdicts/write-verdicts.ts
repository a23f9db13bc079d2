import type { PreviousVerdict } from "#domain/revision.ts";
import type { Judgement } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { encodeLanes } from "./lanes.ts";
import type { HourKey } from "./load-facts.ts";

export interface JudgedHour extends HourKey {
  before: PreviousVerdict & { accepted?: boolean };
  judgement: Judgement & {
    /** The correction that accepts the hour as is. */
    acceptedBy: bigint | null;
    accepted: boolean;
  };
  /** The correction that caused this judgement, or whose acceptance begins or ends with it. */
  correctionId: bigint | null;
  revision: number;
  settled: boolean;
  amended: boolean;
  isNewRevision: boolean;
}

/** Replaces the current verdicts. Callers hold the types' row locks. */
export async function writeVerdicts(tx: Sql, judged: readonly JudgedHour[], now: Date): Promise<void> {
  if (judged.length === 0) return;
  await tx.query(
    `UPDATE verdict v SET state = n.state, revision = n.revision, settled = n.settled, amended = n.amended,
            closed_at = n.closed_at, deadline_at = n.deadline_at, produced = n.produced, delivered = n.delivered,
            lost = n.lost, duplicated = n.duplicated, skewed = n.skewed, known = n.known,
            next_due_at = n.next_due_at, accepted_by_correction = n.accepted_by_correction, judged_at = $15
       FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::int[], $5::bool[], $6::timestamptz[], $7::timestamptz[],
                   $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bool[], $14::bool[],
                   $16::timestamptz[], $19::bigint[])
              AS n(event_type_id, hour, state, revision, amended, closed_at, deadline_at, produced, delivered, lost,
                   duplicated, skewed, known, settled, next_due_at, accepted_by_correction)
      WHERE v.event_type_id = n.event_type_id AND v.hour = n.hour AND v.hour BETWEEN $17 AND $18`,
    [
      ...columnsOf(judged),
      judged.map((hour) => hour.settled),
      now,
      judged.map((hour) => hour.judgement.nextDueAt),
      new Date(judged.reduce((low, { hour }) => Math.min(low, hour.getTime()), Number.POSITIVE_INFINITY)),
      new Date(judged.reduce((high, { hour }) => Math.max(high, hour.getTime()), Number.NEGATIVE_INFINITY)),
      judged.map((hour) => hour.judgement.acceptedBy),
    ],
  );
}

/** Appends to the history. */
export async function writeRevisions(tx: Sql, judged: readonly JudgedHour[], now: Date): Promise<void> {
  const revised = judged.filter((hour) => hour.isNewRevision);
  if (revised.length === 0) return;
  await tx.query(
    `INSERT INTO verdict_revision (event_type_id, hour, state, revision, amended, closed_at, deadline_at, produced, delivered,
                                   lost, duplicated, skewed, known, lanes, accepted_by_correction, correction_id, known_at)
     SELECT n.*, $17
       FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::int[], $5::bool[], $6::timestamptz[], $7::timestamptz[],
                   $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bool[], $14::jsonb[],
                   $15::bigint[], $16::bigint[]) n`,
    [
      ...columnsOf(revised),
      revised.map((hour) => encodeLanes(hour.judgement.datacenters)),
      revised.map((hour) => hour.judgement.acceptedBy),
      revised.map((hour) => hour.correctionId),
      now,
    ],
  );
}

function columnsOf(judged: readonly JudgedHour[]): unknown[] {
  const counts = (pick: (judgement: Judgement) => bigint) => judged.map((hour) => pick(hour.judgement));
  return [
    judged.map((hour) => hour.eventTypeId),
    judged.map((hour) => hour.hour),
    judged.map((hour) => hour.judgement.state),
    judged.map((hour) => hour.revision),
    judged.map((hour) => hour.amended),
    judged.map((hour) => hour.judgement.closedAt),
    judged.map((hour) => hour.judgement.deadlineAt),
    counts((judgement) => judgement.produced),
    counts((judgement) => judgement.delivered),
    counts((judgement) => judgement.lost),
    counts((judgement) => judgement.duplicated),
    counts((judgement) => judgement.skewed),
    judged.map((hour) => hour.judgement.known),
  ];
}
