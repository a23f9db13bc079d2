import { type Cause, explainHour } from "#domain/explain.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import type { HourKey } from "#server/verdicts/index.ts";
import { loadTroubledHours } from "./load-troubled-hours.ts";

export interface ExplainedHour {
  eventType: string;
  hour: Date;
  state: VerdictState;
  /** The likeliest first. */
  causes: Cause[];
}

/** Likely causes of the hours' trouble, for use cases that have checked who asks. Hours without a judged verdict are left out. */
export async function explainHours(sql: Sql, keys: readonly HourKey[], now: Date): Promise<ExplainedHour[]> {
  const hours = await loadTroubledHours(sql, keys, now);
  return hours.map((hour) => ({
    eventType: hour.eventType,
    hour: hour.hour,
    state: hour.state,
    causes: explainHour(hour),
  }));
}
