import { type Cause, explainHour } from "#domain/explain.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "#server/verdicts/index.ts";
import { loadTroubledHours } from "./load-troubled-hours.ts";

export interface ExplainedHour {
  eventType: string;
  hour: Date;
  state: VerdictState;
  /** Likeliest first. */
  causes: Cause[];
}

/** Likely causes of hours' problems, for use cases that have checked access. Hours without a judged verdict are omitted. */
export async function explainHours(sql: Sql, keys: readonly HourKey[], now: Date): Promise<ExplainedHour[]> {
  const hours = await loadTroubledHours(sql, keys, now);
  return hours.map((hour) => ({
    eventType: hour.eventType,
    hour: hour.hour,
    state: hour.state,
    causes: explainHour(hour),
  }));
}
