import type { PreviousVerdict } from "#domain/revision.ts";
import type { Judgement } from "#domain/verdict.ts";
import { bulkRows, spanOf } from "#server/db/bulk-rows.ts";
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
  /** Of its span, for what follows from it. */
  traceparent?: string;
}

const judgedColumns = {
  eventTypeId: "int",
  hour: "timestamptz",
  state: "text",
  revision: "int",
  amended: "bool",
  closedAt: "timestamptz?",
  deadlineAt: "timestamptz",
  produced: "bigint",
  delivered: "bigint",
  lost: "bigint",
  duplicated: "bigint",
  skewed: "bigint",
  known: "bool",
  acceptedByCorrection: "bigint?",
} as const;
const verdicts = bulkRows({ ...judgedColumns, settled: "bool", nextDueAt: "timestamptz?" });
const revisions = bulkRows({ ...judgedColumns, lanes: "jsonb", correctionId: "bigint?" });

/** Replaces the current verdicts. Callers hold the types' row locks. */
export async function writeVerdicts(tx: Sql, judged: readonly JudgedHour[], now: Date): Promise<void> {
  if (judged.length === 0) return;
  await tx.query(
    `UPDATE verdict v SET state = n.state, revision = n.revision, settled = n.settled, amended = n.amended,
            closed_at = n.closed_at, deadline_at = n.deadline_at, produced = n.produced, delivered = n.delivered,
            lost = n.lost, duplicated = n.duplicated, skewed = n.skewed, known = n.known,
            next_due_at = n.next_due_at, accepted_by_correction = n.accepted_by_correction, judged_at = $1
       FROM ${verdicts.from("n", 4)}
      WHERE v.event_type_id = n.event_type_id AND v.hour = n.hour AND v.hour BETWEEN $2 AND $3`,
    [now, ...spanOf(judged.map(({ hour }) => hour)), ...verdicts.values(judged.map(toRow))],
  );
}

/** Appends to the history. */
export async function writeRevisions(tx: Sql, judged: readonly JudgedHour[], now: Date): Promise<void> {
  const revised = judged.filter((hour) => hour.isNewRevision);
  if (revised.length === 0) return;
  await tx.query(
    `INSERT INTO verdict_revision (known_at, ${revisions.names}) SELECT $1, n.* FROM ${revisions.from("n", 2)}`,
    [now, ...revisions.values(revised.map(toRow))],
  );
}

function toRow({ judgement, ...hour }: JudgedHour) {
  const { acceptedBy: acceptedByCorrection, datacenters } = judgement;
  return { ...judgement, ...hour, acceptedByCorrection, lanes: encodeLanes(datacenters) };
}
