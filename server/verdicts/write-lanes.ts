import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { hourKeys, keyColumns } from "./load-facts.ts";
import type { JudgedHour } from "./write-verdicts.ts";

const judgedLanes = bulkRows({
  eventTypeId: "int",
  hour: "timestamptz",
  name: "text",
  closedAt: "timestamptz?",
  watermark: "timestamptz?",
  known: "bool",
  produced: "bigint?",
  published: "bigint?",
  delivered: "bigint",
  reportersExpected: "int?",
  reportersMissing: "int?",
});

/**
 * Makes stored lanes equal the judged ones: writes those that differ, deletes those of datacenters no longer
 * expected. Hours are judged again with every batch of reports, so equal rows are neither written nor locked: the caller
 * holds the types' row locks, which keep other writers off these lanes.
 */
export async function writeLanes(tx: Sql, judged: readonly JudgedHour[]): Promise<void> {
  if (judged.length === 0) return;
  const lanes = judged.flatMap(({ eventTypeId, hour, judgement }) =>
    judgement.datacenters.map((lane) => ({ eventTypeId, hour, ...lane })),
  );
  await tx.query(lanesStatement, [...keyColumns(judged), ...judgedLanes.values(lanes)]);
}

// $3 and $4 bound the hours so that the planner prunes other months' partitions.
const lanesStatement = `
WITH judged AS (
  SELECT n.event_type_id, n.hour, d.id AS datacenter_id, n.closed_at, n.watermark, n.known, n.produced, n.published, n.delivered,
         n.reporters_expected, n.reporters_missing
    FROM ${judgedLanes.from("n", 5)}
    JOIN datacenter d ON d.name = n.name
), removed AS (
  DELETE FROM verdict_lane l USING ${hourKeys.from("k")}
   WHERE l.event_type_id = k.event_type_id AND l.hour = k.hour AND l.hour BETWEEN $3 AND $4
     AND NOT EXISTS (SELECT FROM judged j
                      WHERE j.event_type_id = l.event_type_id AND j.hour = l.hour AND j.datacenter_id = l.datacenter_id)
)
INSERT INTO verdict_lane AS l (event_type_id, hour, datacenter_id, closed_at, watermark, known, produced, published, delivered,
                               reporters_expected, reporters_missing)
SELECT j.event_type_id, j.hour, j.datacenter_id, j.closed_at, j.watermark, j.known, j.produced, j.published, j.delivered,
       j.reporters_expected, j.reporters_missing
  FROM judged j
  LEFT JOIN verdict_lane o ON o.event_type_id = j.event_type_id AND o.hour = j.hour AND o.datacenter_id = j.datacenter_id
                          AND o.hour BETWEEN $3 AND $4
 WHERE o.hour IS NULL
    OR (o.closed_at, o.known, o.produced, o.published, o.delivered, o.reporters_expected, o.reporters_missing)
         IS DISTINCT FROM (j.closed_at, j.known, j.produced, j.published, j.delivered, j.reporters_expected, j.reporters_missing)
    -- once a lane is closed, its watermark says nothing more of the hour, and it moves for ever
    OR (j.closed_at IS NULL AND o.watermark IS DISTINCT FROM j.watermark)
ON CONFLICT (event_type_id, hour, datacenter_id) DO UPDATE
   SET closed_at = excluded.closed_at, watermark = excluded.watermark, known = excluded.known, produced = excluded.produced,
       published = excluded.published, delivered = excluded.delivered, reporters_expected = excluded.reporters_expected,
       reporters_missing = excluded.reporters_missing`;
