import type { Sql } from "#server/db/database.ts";

/** Schedule → the receivers of the stored routing tree that notify it, at first or in escalations. */
export async function loadReceivers(sql: Sql): Promise<Map<string, string[]>> {
  const { rows } = await sql.query<{ schedule: string; receiver: string }>(
    `SELECT DISTINCT named.schedule #>> '{}' AS schedule, receiver->>'name' AS receiver
       FROM routing_tree, jsonb_array_elements(spec->'receivers') AS receiver,
            LATERAL (SELECT jsonb_path_query(receiver, '$.onCall[*]')
                     UNION ALL SELECT jsonb_path_query(receiver, '$.escalation[*].onCall[*]')) AS named (schedule)
      ORDER BY 1, 2`,
  );
  const byName = Map.groupBy(rows, ({ schedule }) => schedule);
  return new Map([...byName].map(([schedule, named]) => [schedule, named.map(({ receiver }) => receiver)]));
}
