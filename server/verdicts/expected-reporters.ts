import { bitOf, dayOf } from "#server/facts/index.ts";

/** Produced counts in this many of the previous 24 hours make one expected. */
const hoursToBeExpected = 20;

/**
 * The reporters expected in an hour of a datacenter, (reporter_id, reported), given SQL expressions for all three. One that sent
 * `final` is not expected in hours ending after it, unless it reported again in an hour that began after it.
 */
export const expectedReporters = (eventType: string, hour: string, datacenter: string) => `
  SELECT o.reporter_id, bool_or(o.day = asked.day AND o.hours & asked.bit <> 0) AS reported
    FROM (SELECT ${dayOf(hour)} AS day, ${bitOf(hour)} AS bit) asked
    JOIN reporter_hours o ON o.event_type_id = ${eventType} AND o.datacenter_id = ${datacenter}
                         AND o.day BETWEEN asked.day - 1 AND asked.day
   -- of the 24 hours before: that day's hours before this one, and the other hours of the day before
   CROSS JOIN LATERAL (SELECT o.hours & (CASE WHEN o.day = asked.day THEN asked.bit - 1 ELSE ~(asked.bit - 1) END) AS hours) w
    LEFT JOIN reporter_final f ON f.datacenter_id = o.datacenter_id AND f.reporter_id = o.reporter_id
   GROUP BY o.reporter_id, f.final_at
  HAVING sum(bit_count(w.hours::bit(24))) >= ${hoursToBeExpected}
     AND (f.final_at IS NULL OR f.final_at >= ${hour} + interval '1 hour'
          OR max(CASE WHEN f.final_at IS NOT NULL AND w.hours > 0
                      THEN (o.day + make_interval(hours => length(ltrim(w.hours::bit(24)::text, '0')) - 1)) AT TIME ZONE 'UTC'
                 END) > f.final_at)`;
