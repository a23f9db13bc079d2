import type { CorrectionDraft } from "#domain/correction.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys, keyColumns, verdictKey } from "#server/verdicts/index.ts";
import type { Scope } from "./resolve-scope.ts";

interface Asked {
  draft: CorrectionDraft;
  scope: Scope;
  keys: readonly HourKey[];
}

/** By verdictKey, when the datacenter would have closed each hour by the remaining marks; hours it would not have are missing. */
export async function loadLeftClosings(sql: Sql, { draft, scope, keys }: Asked): Promise<Map<string, Date>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql.query<HourKey & { closedAt: Date | null }>(
    `SELECT k.event_type_id AS "eventTypeId", k.hour, least(marked.closed_at, m.closed_at) AS "closedAt"
       FROM ${hourKeys.from("k")}
       LEFT JOIN LATERAL (
         SELECT min(c.closed_at) AS closed_at FROM closing_mark c
          WHERE c.event_type_id = k.event_type_id AND c.datacenter_id = $5
            AND c.closed_through >= k.hour + interval '1 hour' AND c.closed_through <= $6) marked ON true
       LEFT JOIN hour_marker m ON m.event_type_id = k.event_type_id AND m.hour = k.hour AND m.datacenter_id = $5
                              AND m.hour BETWEEN $3 AND $4 AND m.hour + interval '1 hour' <= $6`,
    [...keyColumns(keys), scope.datacenterId, draft.after],
  );
  return new Map(rows.flatMap((row) => (row.closedAt ? [[verdictKey(row), row.closedAt] as const] : [])));
}
