import type { Sql } from "#server/db/database.ts";

/** Channel → the on-call schedules in which it reaches a person, by name. */
export async function loadOnCallChannels(sql: Sql): Promise<Map<string, string[]>> {
  const { rows } = await sql.query<{ channel: string; schedules: string[] }>(
    `SELECT channel, array_agg(DISTINCT name ORDER BY name) AS schedules
       FROM on_call_schedule, jsonb_array_elements(spec->'people') AS person,
            jsonb_array_elements_text(person->'channels') AS channel
      GROUP BY channel`,
  );
  return new Map(rows.map(({ channel, schedules }) => [channel, schedules]));
}
