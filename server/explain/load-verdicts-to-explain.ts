import { defaultTolerance } from "#domain/catalogue.ts";
import type { DatacenterEvidence, VerdictState } from "#domain/verdict.ts";
import { bulkRows, spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, lanesOf, parseLanes } from "#server/verdicts/index.ts";

export interface VerdictToExplain extends HourKey {
  eventType: string;
  state: VerdictState;
  deadlineAt: Date;
  closedAt: Date | null;
  delivered: bigint;
  skewed: bigint;
  maxLost: number;
  maxDuplicated: number;
  breachProbability: number | null;
  datacenters: DatacenterEvidence[];
}

type Row = Omit<VerdictToExplain, "datacenters" | "maxLost" | "maxDuplicated"> & {
  maxLost: number | null;
  maxDuplicated: number | null;
  lanes: unknown;
};

const places = bulkRows({ eventTypeId: "int", hour: "timestamptz", place: "int" });

/** The hours' judged verdicts, in the keys' order. */
export async function loadVerdictsToExplain(sql: Sql, keys: readonly HourKey[]): Promise<VerdictToExplain[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql.query<Row>(
    `SELECT v.event_type_id AS "eventTypeId", v.hour, t.name AS "eventType", v.state, v.deadline_at AS "deadlineAt",
            v.closed_at AS "closedAt", v.delivered, v.skewed, t.max_lost AS "maxLost", t.max_duplicated AS "maxDuplicated",
            f.breach_probability AS "breachProbability", ${lanesOf("v")} AS lanes
       FROM ${places.from("k", 3)}
       -- $1 and $2 let the planner leave other months' partitions out
       JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour = k.hour AND v.hour BETWEEN $1 AND $2
       JOIN event_type t ON t.id = k.event_type_id AND t.claimed_at IS NOT NULL
       LEFT JOIN forecast f ON f.event_type_id = k.event_type_id AND f.hour = k.hour
      WHERE v.revision > 0
      ORDER BY k.place`,
    [...spanOf(keys.map(({ hour }) => hour)), ...places.values(keys.map((key, place) => ({ ...key, place })))],
  );
  return rows.map(({ lanes, maxLost, maxDuplicated, ...row }) => ({
    ...row,
    maxLost: maxLost ?? defaultTolerance,
    maxDuplicated: maxDuplicated ?? defaultTolerance,
    datacenters: parseLanes(lanes),
  }));
}
