import type { VerdictJson } from "#domain/api/verdict.ts";
import { defaultTolerance } from "#domain/catalogue.ts";
import { explainNotReady, retryAfterSeconds } from "#domain/not-ready.ts";
import { isReady } from "#domain/readiness.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import type { HourReading } from "./hour-reader.ts";
import type { HourKey } from "./load-facts.ts";
import { toVerdict } from "./verdict-json.ts";

export type Readiness =
  | { ready: true; verdict: VerdictJson }
  | { ready: false; detail: string; retryAfterSeconds: number };

const answers = new WeakMap<HourReading, Map<number | null, Promise<Readiness>>>();

/** The gate's answer for this reading. Computed once for all who share the reading and threshold; all get the same object. */
export function answerOnce(ctx: Context, reading: HourReading, minCompleteness: number | null): Promise<Readiness> {
  const made = answers.get(reading) ?? new Map<number | null, Promise<Readiness>>();
  answers.set(reading, made);
  const answer = made.get(minCompleteness) ?? answerFor(ctx, reading, minCompleteness);
  made.set(minCompleteness, answer);
  return answer;
}

export function isReadyFor({ verdict, maxDuplicated }: HourReading, minCompleteness: number | null): boolean {
  return isReady(
    { ...verdict, accepted: verdict.acceptedBy !== null },
    { minCompleteness, maxDuplicated: maxDuplicated ?? defaultTolerance },
  );
}

async function answerFor(ctx: Context, reading: HourReading, minCompleteness: number | null): Promise<Readiness> {
  const { type, verdict, asOf } = reading;
  const json = toVerdict(type.name, verdict, asOf, reading);
  if (isReadyFor(reading, minCompleteness)) return { ready: true, verdict: json };
  const { hour, state, deadlineAt } = verdict;
  return {
    ready: false,
    detail: explainNotReady({
      eventType: type.name,
      hour,
      state,
      deadlineAt,
      completeness: json.completeness,
      minCompleteness,
      reasons: json.reasons,
      usualDelaySeconds: await readUsualDelay(ctx.database.sql, { eventTypeId: type.id, hour }),
      now: asOf,
    }),
    retryAfterSeconds: retryAfterSeconds(state, hour, asOf, ctx.clock.speed),
  };
}

/** Median seconds from an hour's end to its closing, over the type's previous 48 hours; null if none was closed. */
async function readUsualDelay(sql: Sql, { eventTypeId, hour }: HourKey): Promise<number | null> {
  const { rows } = await sql.query<{ seconds: number | null }>(
    `SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY closed_at - hour - interval '1 hour'))::float8 AS seconds
       FROM verdict
      WHERE event_type_id = $1 AND hour >= $2::timestamptz - interval '48 hours' AND hour < $2 AND closed_at IS NOT NULL`,
    [eventTypeId, hour],
  );
  return rows[0]?.seconds ?? null;
}
