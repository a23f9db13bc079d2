import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys, keyColumns } from "./load-facts.ts";
import { verdictKey } from "./load-verdicts.ts";

/** A stamp per hour that changes whenever its verdict is rewritten; by verdictKey. */
export async function loadVerdictStamps(sql: Sql, keys: readonly HourKey[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql.query<{ eventTypeId: number; hour: Date; stamp: string }>(
    `SELECT v.event_type_id AS "eventTypeId", v.hour, concat_ws(' ', v.revision, v.state, v.judged_at) AS stamp
       FROM ${hourKeys.from("k")}
       -- $3 and $4 let the planner leave other months' partitions out
       JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour = k.hour AND v.hour BETWEEN $3 AND $4`,
    keyColumns(keys),
  );
  return new Map(rows.map((row) => [verdictKey(row), row.stamp]));
}
