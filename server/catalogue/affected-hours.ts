import type { HourSpan } from "#domain/hour-span.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { VerdictPlan } from "./plan-verdicts.ts";

export interface OwnedHours extends HourSpan {
  readonly eventTypeId: number;
}

/** `retime`: same facts, other terms. */
export interface HoursToJudge extends OwnedHours {
  readonly action: "judge" | "retime";
}

const ms = (instant: string) => `(extract(epoch FROM ${instant}) * 1000)::float8`;

/** Per claimed type, from its start to where its hours are created so far. An empty span: it starts later. */
export async function loadOwnedHours(tx: Sql, names: readonly string[]): Promise<OwnedHours[]> {
  if (names.length === 0) return [];
  return tx.rows<OwnedHours>(
    `SELECT id AS "eventTypeId", ${ms("active_from")} AS from, ${ms("greatest(active_from, hours_through)")} AS to
       FROM event_type WHERE name = ANY ($1) AND claimed_at IS NOT NULL ORDER BY id`,
    [names],
  );
}

const changedExpectations = bulkRows({ datacenter: "text", listing: "bool", from: "timestamptz?", to: "timestamptz?" });

/** The hours that a catalogue change judges differently: through the types, their tiers, or datacenters. */
export async function findHoursToJudge(
  tx: Sql,
  plan: VerdictPlan,
  factsKeptFrom: Date | null,
): Promise<HoursToJudge[]> {
  const { rejudged, retimed, retimedTiers, expectations } = plan;
  if (rejudged.length + retimed.length + retimedTiers.length + expectations.length === 0) return [];
  const changes = expectations.map(({ ofTypes, ...change }) => ({ ...change, listing: ofTypes === "listing" }));
  return tx.rows<HoursToJudge>(
    `WITH change AS (
       SELECT t.id, CASE WHEN t.name = ANY ($1) THEN 'judge' ELSE 'retime' END AS action,
              NULL::timestamptz AS from_hour, NULL::timestamptz AS to_hour
         FROM event_type t
        WHERE t.name = ANY ($1) OR t.name = ANY ($4) OR (t.tier = ANY ($2) AND t.deadline_seconds IS NULL)
        UNION ALL
       SELECT t.id, 'judge', c.from, c.to
         FROM ${changedExpectations.from("c", 5)}
         JOIN event_type t ON CASE WHEN c.listing THEN c.datacenter = ANY (t.datacenters) ELSE t.datacenters = '{}' END
     ), hours AS (
       SELECT t.id, c.action,
              -- greatest and least pass over what is not said; the first full hour whose facts are all kept
              greatest(t.active_from, c.from_hour, date_trunc('hour', $3::timestamptz + interval '1 hour' - interval '1 ms', 'UTC'))
                AS from_hour,
              least(t.hours_through, c.to_hour) AS to_hour
         FROM change c JOIN event_type t ON t.id = c.id AND t.claimed_at IS NOT NULL
     )
     SELECT id AS "eventTypeId", action, ${ms("from_hour")} AS from, ${ms("to_hour")} AS to
       FROM hours WHERE from_hour < to_hour`,
    [rejudged, retimedTiers, factsKeptFrom, retimed, ...changedExpectations.values(changes)],
  );
}
