import type { SkewJson } from "#domain/api/hour-evidence.ts";
import { addHours, formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { findTypeHour } from "#server/verdicts/index.ts";

/** Older hours' events in this bucket are on those hours' own pages: nothing is indexed by bucket. */
const arrivedFromHours = -72;
const arrivedToHours = 1;

export interface HourInput {
  eventType: string;
  hour: string;
}

/** Which hours' events landed where, from delivered counts. */
export async function readSkew({ ctx, input }: Call<HourInput>): Promise<SkewJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const { type, hour } = await findTypeHour(sql, input);
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
  return sql.rows<Landing>(
    `SELECT l.hour, l.landed_hour AS "landedHour", d.name AS dc, l.events::text AS events
       FROM lane_total l JOIN datacenter d ON d.id = l.datacenter_id
      WHERE l.event_type_id = $1 AND l.stage = 3 AND l.hour BETWEEN $3 AND $4 AND (l.hour = $2 OR l.landed_hour = $2)
        AND l.events > 0
      ORDER BY 1, 2, 3`,
    [eventTypeId, hour, addHours(hour, arrivedFromHours), addHours(hour, arrivedToHours)],
  );
}
