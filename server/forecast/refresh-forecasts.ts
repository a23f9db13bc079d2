import { askNow, forecastHour, samplesOf, seeNow } from "#domain/forecast.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { type LoadCatchUps, loadForecastFacts } from "./load-forecast-facts.ts";
import { loadModel, type StoredModel } from "./load-model.ts";
import { writeForecasts } from "./write-forecasts.ts";
import { thinSamples, writeSamples } from "./write-samples.ts";

export interface Refreshed {
  hours: number;
  /** Pass it to the next refresh, to avoid reading it again. */
  stored: StoredModel | null;
}

/**
 * Forecasts every unclosed hour again, deletes forecasts of others, and stores samples for the next
 * fit. Without a model it only takes samples. Run under a lease, one at a time.
 */
export async function refreshForecasts({
  ctx,
  known,
  loadCatchUps,
}: {
  ctx: Context;
  known?: StoredModel | null;
  /** Absent: incidents are not asked. */
  loadCatchUps?: LoadCatchUps;
}): Promise<Refreshed> {
  requireScope(ctx, "admin");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const stored = await loadModel(ctx.database, known ?? null);
  const { facts, ids } = await loadForecastFacts(sql, now, { loadCatchUps });
  const seen = seeNow(facts);
  const idOf = (eventType: string) => ids.get(eventType) as number;
  const samples = samplesOf(seen, facts.nowMs).map((each) => ({ ...each, eventTypeId: idOf(each.eventType) }));
  await writeSamples(sql, thinSamples(samples, ids.size));
  const questions = stored ? askNow(facts, seen, stored.model) : [];
  const forecasts = questions.map((question) => ({
    eventTypeId: idOf(question.eventType),
    hour: new Date(question.endMs - 3_600_000),
    ...forecastHour((stored as StoredModel).model, question),
  }));
  await writeForecasts(sql, forecasts, now);
  return { hours: forecasts.length, stored };
}
