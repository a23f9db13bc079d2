import type { FleetExplanationJson } from "#domain/api/explanation.ts";
import { explainFleet } from "#domain/explain.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { withoutToday } from "#domain/moment.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "#server/verdicts/index.ts";
import { toCauseJson } from "./cause-json.ts";
import { explainWithIncidents } from "./explain-with-incidents.ts";

const recentHours = 24;
const likelyLate = 0.5;

/** Current problems of all types, each by its oldest affected hour, grouped by common cause. */
export async function readFleetExplanation({ ctx }: { ctx: Context }): Promise<FleetExplanationJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const explained = await explainWithIncidents(sql, await findTroubled(sql, now), now);
  const fleet = explainFleet(explained.map(({ hour, ...each }) => ({ ...each, hour: formatHour(hour) })));
  return {
    causes: fleet.map(({ sentence, cause, ...each }) => ({
      ...each,
      sentence: withoutToday(sentence, now),
      cause: toCauseJson(cause, now),
    })),
    types: explained.length,
    asOf: formatInstant(now),
  };
}

/** Per claimed type, the last day's oldest hour that is late, likely to be, or final with a problem. */
async function findTroubled(sql: Sql, now: Date): Promise<HourKey[]> {
  return sql.rows<HourKey>(
    `SELECT DISTINCT ON (v.event_type_id) v.event_type_id AS "eventTypeId", v.hour
       FROM verdict v
       JOIN event_type t ON t.id = v.event_type_id AND t.claimed_at IS NOT NULL
       LEFT JOIN forecast f ON f.event_type_id = v.event_type_id AND f.hour = v.hour AND v.closed_at IS NULL
      WHERE v.hour >= $1 AND v.hour < $2 AND v.revision > 0
        AND (v.state IN ('late', 'incomplete', 'overcounted', 'unverified')
             OR (v.closed_at IS NULL AND (v.deadline_at < $3 OR f.breach_probability >= $4)))
      ORDER BY v.event_type_id, v.hour`,
    [addHours(hourOf(now), -recentHours), hourOf(now), now, likelyLate],
  );
}
