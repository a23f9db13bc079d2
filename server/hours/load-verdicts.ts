import type { PreviousVerdict } from "#domain/revision.ts";
import type { Sql } from "#server/db/database.ts";
import { lanesOf, parseLanes } from "./lanes.ts";
import { type HourKey, keyColumns } from "./load-facts.ts";

export function verdictKey(key: HourKey): string {
  return `${key.eventTypeId} ${key.hour.getTime()}`;
}

type Row = HourKey & Omit<PreviousVerdict, "datacenters"> & { lanes: unknown };

/** The verdict rows of the hours, by verdictKey; hours that are not born are missing. */
export async function loadVerdicts(tx: Sql, keys: readonly HourKey[]): Promise<Map<string, PreviousVerdict>> {
  if (keys.length === 0) return new Map();
  const { rows } = await tx.query<Row>(
    `SELECT v.event_type_id AS "eventTypeId", v.hour, v.state, v.revision, v.settled, v.amended, v.closed_at AS "closedAt",
            v.known, v.produced, v.delivered, v.lost, v.duplicated, v.skewed,
            v.accepted_by_correction AS "acceptedBy", v.accepted_by_correction IS NOT NULL AS accepted,
            -- compared of settled hours alone, and dear to read
            CASE WHEN v.settled THEN ${lanesOf("v")} END AS lanes
       FROM unnest($1::int[], $2::timestamptz[]) AS k(event_type_id, hour)
       -- $3 and $4 let the planner leave other months' partitions out
       JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour = k.hour AND v.hour BETWEEN $3 AND $4`,
    keyColumns(keys),
  );
  return new Map(
    rows.map(({ lanes, ...row }) => [verdictKey(row), { ...row, datacenters: lanes ? parseLanes(lanes) : null }]),
  );
}
