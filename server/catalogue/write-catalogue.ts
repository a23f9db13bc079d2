import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { insertNames } from "#server/facts/index.ts";
import type { DatacenterRow, TierRow } from "./catalogue-rows.ts";
import type { CatalogueDiff, RowChange } from "./diff-catalogue.ts";
import { type EventTypeRow, eventTypeSettings, eventTypeSource } from "./event-type-columns.ts";
import { createdThrough } from "./plan-verdicts.ts";

/** Writes the documents' changes. The caller holds the types' row locks. */
export async function writeCatalogue(tx: Sql, diff: CatalogueDiff, now: Date): Promise<void> {
  await writeTiers(tx, rowsAfter(diff.tiers), now);
  await writeDatacenters(tx, rowsAfter(diff.datacenters), now);
  await writeEventTypes(tx, rowsAfter(diff.eventTypes), now);
}

function rowsAfter<Row>(changes: readonly RowChange<Row>[]): Row[] {
  return changes.map(({ after }) => after);
}

const tierRows = bulkRows({
  name: "text",
  deadlineSeconds: "int",
  objective: "float8?",
  objectiveCompleteness: "float8?",
  objectiveSkew: "float8?",
});
const datacenterRows = bulkRows({
  name: "text",
  displayName: "text?",
  claimedAt: "timestamptz?",
  activeFrom: "timestamptz?",
  activeTo: "timestamptz?",
});

async function writeTiers(tx: Sql, rows: TierRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO tier (${tierRows.names}, updated_at)
     SELECT n.*, $1 FROM ${tierRows.from("n", 2)} ORDER BY name
     ON CONFLICT (name) DO UPDATE SET deadline_seconds = excluded.deadline_seconds, objective = excluded.objective,
       objective_completeness = excluded.objective_completeness, objective_skew = excluded.objective_skew,
       updated_at = excluded.updated_at`,
    [now, ...tierRows.values(rows)],
  );
}

async function writeDatacenters(tx: Sql, rows: DatacenterRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await insertNames(tx, "datacenter", namesOf(rows), now);
  await tx.query(
    `UPDATE datacenter d SET display_name = n.display_name, claimed_at = n.claimed_at, active_from = n.active_from,
            active_to = n.active_to
       FROM ${datacenterRows.from("n")}
      WHERE d.name = n.name`,
    datacenterRows.values(rows),
  );
}

async function writeEventTypes(tx: Sql, rows: EventTypeRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await insertNames(tx, "event_type", namesOf(rows), now);
  await tx.query(
    `UPDATE event_type t SET ${eventTypeSettings},
            hours_through = CASE
              -- a current hour without a verdict is created elsewhere: here only a change of the range creates hours
              WHEN t.active_from = n."activeFrom" AND t.active_to IS NOT DISTINCT FROM n."activeTo" AND t.claimed_at IS NOT NULL
              THEN t.hours_through
              -- the hours before it have their verdict when this transaction ends
              ELSE greatest(n."activeFrom", least($2, n."activeTo")) END
       FROM ${eventTypeSource}
      WHERE t.name = n.name`,
    [JSON.stringify(rows), createdThrough(now)],
  );
}

function namesOf(rows: readonly { name: string }[]): string[] {
  return rows.map(({ name }) => name);
}
