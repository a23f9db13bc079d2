import { showContacts } from "#domain/access/addresses.ts";
import type { Severity } from "#domain/alert-rule.ts";
import type { IncidentSummaryJson } from "#domain/api/alerts.ts";
import type { IncidentState } from "#domain/incident.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type IncidentRow, incidentColumns, incidentCounts, toIncidentJson } from "./incident-json.ts";

export interface ListIncidentsInput {
  /** Only smaller ids: the next page. */
  readonly before: bigint | null;
  readonly limit: number;
  readonly states?: readonly IncidentState[] | undefined;
  readonly severity?: Severity | undefined;
  /** An hour of the type is affected. */
  readonly eventType?: string | undefined;
  /** Words, each of which its title, cause, datacenters, event types or notes contain. */
  readonly text?: string | undefined;
  /** The cause's, or one of its extent. */
  readonly datacenter?: string | undefined;
  /** Opened at or after `from` and before `to`. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Incidents, newest first. */
export async function listIncidents({
  ctx,
  input,
}: Call<ListIncidentsInput>): Promise<Page<IncidentSummaryJson, string>> {
  requireScope(ctx, "read");
  const { before, limit, states = null, severity = null, eventType = null, datacenter = null } = input;
  const { from = null, to = null, text } = input;
  const patterns = text === undefined ? null : patternsOf(text);
  const now = ctx.clock.now();
  const { rows } = await ctx.database.sql.query<IncidentRow>(
    `SELECT ${incidentColumns} FROM incident i ${incidentCounts}
      WHERE ($1::bigint IS NULL OR i.id < $1)
        AND ($2::text[] IS NULL OR i.state = ANY ($2))
        AND ($3::text IS NULL OR i.severity = $3)
        AND ($4::text IS NULL OR EXISTS (
              SELECT FROM incident_hour h JOIN event_type t ON t.id = h.event_type_id WHERE h.incident_id = i.id AND t.name = $4)
             OR EXISTS (SELECT FROM incident_alert m JOIN alert a ON a.fingerprint = m.fingerprint
                         WHERE m.incident_id = i.id AND a.labels->>'eventType' = $4))
        AND ($5::text IS NULL OR i.cause->>'datacenter' = $5 OR i.situation->'extent'->'datacenters' ? $5)
        AND ($6::timestamptz IS NULL OR i.opened_at >= $6)
        AND ($7::timestamptz IS NULL OR i.opened_at < $7)
        AND ($9::text[] IS NULL OR i.id IN (
              SELECT found.id FROM unnest($9::text[]) AS word(pattern)
               CROSS JOIN LATERAL (
                 SELECT s.id FROM incident s WHERE s.search_text ILIKE word.pattern
                  UNION
                 SELECT e.incident_id FROM incident_event e WHERE e.kind = 'note' AND e.message ILIKE word.pattern
                  UNION
                 SELECT h.incident_id FROM event_type t JOIN incident_hour h ON h.event_type_id = t.id
                  WHERE t.name ILIKE word.pattern
                  UNION
                 SELECT m.incident_id FROM event_type t JOIN alert a ON a.event_type_id = t.id
                   JOIN incident_alert m ON m.fingerprint = a.fingerprint
                  WHERE t.name ILIKE word.pattern) found
               -- every word is somewhere in it
               GROUP BY found.id HAVING count(*) = cardinality($9)))
      ORDER BY i.id DESC LIMIT $8`,
    [before, states, severity, eventType, datacenter, from, to, limit + 1, patterns],
  );
  const found = rows.map((row) => toIncidentJson(row, now));
  const items = showContacts(ctx, found);
  return cutPage(items, limit, ({ id }) => id);
}

/** More words than these narrow nothing down. */
const mostWords = 8;

/** A pattern a word, each only once; `%` and `_` are themselves. */
function patternsOf(text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return [...new Set(words)].slice(0, mostWords).map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}
