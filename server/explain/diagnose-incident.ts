import { delayedHours } from "#domain/situation/delayed-hours.ts";
import { diagnose } from "#domain/situation/diagnose.ts";
import type { Diagnosis, Situation } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { diagnoseByHours } from "./diagnose-by-hours.ts";
import { type IncidentToDiagnose, loadIncidentFacts } from "./load-incident-facts.ts";

/**
 * Why an open incident happens, since when, and when it recovers, by the minutes of its lanes. Where they show
 * nothing, by its hours. It reads much and locks nothing.
 */
export async function diagnoseIncident(
  sql: Sql,
  incident: IncidentToDiagnose,
  before: Situation,
  now: Date,
): Promise<Diagnosis> {
  const onsetAt = before.onset.source === "alert" ? null : before.onset.at;
  const facts = await loadIncidentFacts(sql, incident, { onsetAt, now });
  const found = diagnose(facts, before);
  if (found) return found;
  const byHours = await diagnoseByHours(sql, incident, before, now);
  if (facts.trouble !== "late") return byHours;
  return { ...byHours, delayed: facts.places.flatMap((place) => delayedHours(place, byHours.onset.at)) };
}
