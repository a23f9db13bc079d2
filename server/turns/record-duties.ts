import type { Behind } from "#domain/behind.ts";
import { duties } from "#domain/turn.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { type BehindTerms, readBehind } from "./read-behind.ts";

const observed = bulkRows({ duty: "text", ageSeconds: "int?" });

/** Looks what is behind, and counts the minute of each duty in its hour's row. */
export async function recordDuties(sql: Sql, { at = null, ...terms }: RecordTerms): Promise<void> {
  await writeDuties(sql, { behind: await readBehind(sql, terms), pubsub: terms.pubsub, at });
}

interface RecordTerms extends Omit<BehindTerms, "intakes"> {
  /** In real time. null or absent: the database's now. */
  at?: Date | null;
}

interface Observation {
  behind: readonly Pick<Behind, "what" | "ageSeconds">[];
  pubsub: boolean;
  at: Date | null;
}

/** A minute is behind if any observation in it was. */
async function writeDuties(sql: Sql, { behind, pubsub, at }: Observation): Promise<void> {
  const ages = new Map(behind.map(({ what, ageSeconds }) => [what, ageSeconds]));
  const rows = duties
    // Without a queue no process has this duty.
    .filter((duty) => pubsub || duty !== "ingest")
    .map((duty) => ({ duty, ageSeconds: ages.get(duty) ?? null }));
  await sql.query(
    `INSERT INTO duty_hour (hour, duty, minutes, minutes_behind, last_minute, last_behind_minute, worst_age_seconds)
     SELECT date_trunc('hour', minute, 'UTC'), duty, 1, (age_seconds IS NOT NULL)::int, minute,
            CASE WHEN age_seconds IS NOT NULL THEN minute END, coalesce(age_seconds, 0)
       FROM ${observed.from("given", 2)}, (SELECT date_trunc('minute', coalesce($1, clock_timestamp()), 'UTC') AS minute OFFSET 0) observed
      ORDER BY duty
     ON CONFLICT (hour, duty) DO UPDATE
       SET minutes = duty_hour.minutes + (excluded.last_minute > duty_hour.last_minute)::int,
           minutes_behind = duty_hour.minutes_behind
             + (excluded.last_behind_minute IS DISTINCT FROM duty_hour.last_behind_minute AND excluded.last_behind_minute IS NOT NULL)::int,
           last_minute = excluded.last_minute,
           last_behind_minute = coalesce(excluded.last_behind_minute, duty_hour.last_behind_minute),
           worst_age_seconds = greatest(excluded.worst_age_seconds, duty_hour.worst_age_seconds)
     -- another process has counted a later minute meanwhile
     WHERE excluded.last_minute >= duty_hour.last_minute`,
    [at, ...observed.values(rows)],
  );
}

const everyMs = 10_000;

export interface DutyRecorder {
  close(): Promise<void>;
}

/** Records from now on. What cannot be recorded stays a gap: the database's trouble is reported elsewhere. */
export function startDutyRecorder(sql: Sql, terms: Omit<BehindTerms, "intakes">): DutyRecorder {
  let recording: Promise<void> | null = null;
  const timer = setInterval(() => {
    recording ??= recordDuties(sql, terms)
      .catch(() => undefined)
      .finally(() => {
        recording = null;
      });
  }, everyMs).unref();
  return {
    async close() {
      clearInterval(timer);
      await recording;
    },
  };
}
