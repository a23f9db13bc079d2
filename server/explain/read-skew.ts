import type { SkewJson } from "#domain/api/hour-evidence.ts";
import { addHours, formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import type { Sql } from "#server/db/database.ts";
import { findEventType, requireActive } from "#server/hours/find-event-type.ts";
import { readHourInput } from "#server/hours/hour-input.ts";

/** Events of older hours in this one's bucket are in their own hours' pages: nothing is indexed by the bucket. */
const arrivedFromHours = -72;
const arrivedToHours = 1;

export interface HourInput {
  eventType: string;
  hour: string;
}

/** Which hours' events landed where, by the delivered counts. */
export async function readSkew({ ctx, input }: { ctx: Context; input: HourInput }): Promise<SkewJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const hour = readHourInput(input.hour, "hour");
  const type = await findEventType(sql, input.eventType);
  requireActive(type, hour);
  const rows = await loadLandings(sql, type.id, hour);
  const own = rows.filter((row) => row.hour.getTime() === hour.getTime());
  const others = rows.filter((row) => row.hour.getTime() !== hour.getTime());
  return {
    eventType: type.name,
    hour: formatHour(hour),
    landed: own.map(({ dc, landedHour, events }) => ({
      datacenter: dc,
      landedHour: formatHour(landedHour),
      events: Number(events),
    })),
    arrived: others.map((row) => ({ datacenter: row.dc, hour: formatHour(row.hour), events: Number(row.events) })),
    asOf: formatInstant(ctx.clock.now()),
  };
}

interface Landing {
  hour: Date;
  landedHour: Date;
  dc: string;
  events: string;
}

async function loadLandings(sql: Sql, eventTypeId: number, hour: Date): Promise<Landing[]> {
  const { rows } = await sql.query<Landing>(
    `WITH landing AS (
       SELECT r.hour, r.landed_hour, r.datacenter_id, r.events
         FROM report r
        WHERE r.event_type_id = $1 AND r.stage = 3 AND r.hour BETWEEN $3 AND $4 AND (r.hour = $2 OR r.landed_hour = $2)
        UNION ALL
       -- packed without landed hours: all of it landed in the hour itself
       SELECT p.hour, p.hour, p.datacenter_id, p.delivered
         FROM report_packed p
        WHERE p.event_type_id = $1 AND p.hour = $2 AND p.landed_hours IS NULL AND p.delivered > 0
        UNION ALL
       SELECT p.hour, u.landed_hour, p.datacenter_id, u.events
         FROM report_packed p
        CROSS JOIN LATERAL unnest(p.stages, p.landed_hours, p.events) AS u(stage, landed_hour, events)
        WHERE p.event_type_id = $1 AND p.hour BETWEEN $3 AND $4 AND p.landed_hours IS NOT NULL
          AND u.stage = 3 AND (p.hour = $2 OR u.landed_hour = $2)
     )
     SELECT l.hour, l.landed_hour AS "landedHour", d.name AS dc, sum(l.events)::text AS events
       FROM landing l JOIN datacenter d ON d.id = l.datacenter_id
      GROUP BY 1, 2, 3 HAVING sum(l.events) > 0 ORDER BY 1, 2, 3`,
    [eventTypeId, hour, addHours(hour, arrivedFromHours), addHours(hour, arrivedToHours)],
  );
  return rows;
}
