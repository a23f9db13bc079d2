import type { SituationJson } from "#domain/api/situation.ts";
import { agreeWithIncidents, type SaidOfIncident } from "#domain/situation/agree.ts";
import { readSituation } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys, keyColumns } from "#server/verdicts/index.ts";
import { type ExplainedHour, explainHours } from "./explain-hours.ts";

/** The hours' causes as their incidents have them: what a person reads of an hour and of its incident is the same. */
export async function explainWithIncidents(sql: Sql, keys: readonly HourKey[], now: Date): Promise<ExplainedHour[]> {
  const explained = await explainHours(sql, keys, now);
  if (explained.length === 0) return [];
  const incidents = await loadIncidentsOf(sql, keys);
  return explained.map((each) => ({
    ...each,
    causes: agreeWithIncidents(each.causes, incidents.get(keyOf(each.eventType, each.hour)) ?? []),
  }));
}

async function loadIncidentsOf(sql: Sql, keys: readonly HourKey[]): Promise<ReadonlyMap<string, SaidOfIncident[]>> {
  const { rows } = await sql.query<{ eventType: string; hour: Date; causeKey: string; situation: SituationJson }>(
    `SELECT t.name AS "eventType", h.hour, i.cause_key AS "causeKey", i.situation
       FROM ${hourKeys.from("k")}
       JOIN incident_hour h ON h.event_type_id = k.event_type_id AND h.hour = k.hour AND h.hour BETWEEN $3 AND $4
       JOIN incident i ON i.id = h.incident_id AND i.situation IS NOT NULL
       JOIN event_type t ON t.id = h.event_type_id`,
    keyColumns(keys),
  );
  const said = rows.map(({ eventType, hour, causeKey, situation }) => {
    const { cause, onset } = readSituation(situation);
    return { key: keyOf(eventType, hour), incident: { causeKey, cause, onset } };
  });
  return new Map(
    [...Map.groupBy(said, ({ key }) => key)].map(([key, found]) => [key, found.map(({ incident }) => incident)]),
  );
}

function keyOf(eventType: string, hour: Date): string {
  return `${hour.getTime()} ${eventType}`;
}
