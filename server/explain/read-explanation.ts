import type { ExplanationJson } from "#domain/api/explanation.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { findTypeHour } from "#server/verdicts/index.ts";
import { toCauseJson } from "./cause-json.ts";
import { explainWithIncidents } from "./explain-with-incidents.ts";

/** Why one hour is late, incomplete or overcounted, by current knowledge; no causes if it is none of these. */
export async function readExplanation({
  ctx,
  input,
}: Call<{ eventType: string; hour: string }>): Promise<ExplanationJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const { type, hour } = await findTypeHour(sql, input);
  const [explained] = await explainWithIncidents(sql, [{ eventTypeId: type.id, hour }], now);
  return {
    eventType: type.name,
    hour: formatHour(hour),
    state: explained?.state ?? "open",
    causes: (explained?.causes ?? []).map((cause) => toCauseJson(cause, now)),
    asOf: formatInstant(now),
  };
}
