import type { Sql } from "#server/db/database.ts";

export interface DutyDay {
  duty: string;
  /** `2026-11-30`, in UTC. */
  day: string;
  minutes: number;
  minutesBehind: number;
  worstAgeSeconds: number;
}

export interface WorstDutyHour {
  duty: string;
  hour: Date;
  minutesBehind: number;
  worstAgeSeconds: number;
}

export interface DutyRange {
  from: Date;
  to: Date;
}

/** The first hour that was ever recorded, and the database's own time: duties are observed in real time, also in a drill. */
export async function readDutyClock(sql: Sql): Promise<{ now: Date; since: Date | null }> {
  const { rows } = await sql.query<{ now: Date; since: Date | null }>(
    "SELECT now() AS now, (SELECT min(hour) FROM duty_hour) AS since",
  );
  return rows[0] ?? { now: new Date(), since: null };
}

export async function sumDutyDays(sql: Sql, { from, to }: DutyRange): Promise<DutyDay[]> {
  return sql.rows<DutyDay>(
    `SELECT duty, to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(minutes)::int AS minutes,
            sum(minutes_behind)::int AS "minutesBehind", max(worst_age_seconds) AS "worstAgeSeconds"
       FROM duty_hour WHERE hour >= $1 AND hour < $2 GROUP BY 1, 2 ORDER BY 1, 2`,
    [from, to],
  );
}

/** For each duty the hour in which it was behind the longest; none for one that never was. */
export async function findWorstHours(sql: Sql, { from, to }: DutyRange): Promise<WorstDutyHour[]> {
  return sql.rows<WorstDutyHour>(
    `SELECT DISTINCT ON (duty) duty, hour, minutes_behind::int AS "minutesBehind", worst_age_seconds AS "worstAgeSeconds"
       FROM duty_hour WHERE hour >= $1 AND hour < $2 AND minutes_behind > 0
      ORDER BY duty, minutes_behind DESC, worst_age_seconds DESC, hour DESC`,
    [from, to],
  );
}
