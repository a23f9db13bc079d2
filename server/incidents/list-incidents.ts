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
  /** The cause's datacenter. */
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
  const { rows } = await ctx.database.sql.query<IncidentRow>(
    `SELECT ${incidentColumns} FROM incident i ${incidentCounts}
      WHERE ($1::bigint IS NULL OR i.id < $1)
        AND ($2::text[] IS NULL OR i.state = ANY ($2))
        AND ($3::text IS NULL OR i.severity = $3)
        AND ($4::text IS NULL OR EXISTS (
              SELECT FROM incident_hour h JOIN event_type t ON t.id = h.event_type_id WHERE h.incident_id = i.id AND t.name = $4)
             OR EXISTS (SELECT FROM incident_alert m JOIN alert a ON a.fingerprint = m.fingerprint
                         WHERE m.incident_id = i.id AND a.labels->>'eventType' = $4))
        AND ($5::text IS NULL OR i.cause->>'datacenter' = $5)
        AND ($6::timestamptz IS NULL OR i.opened_at >= $6)
        AND ($7::timestamptz IS NULL OR i.opened_at < $7)
      ORDER BY i.id DESC LIMIT $8`,
    [
      input.before,
      input.states ?? null,
      input.severity ?? null,
      input.eventType ?? null,
      input.datacenter ?? null,
      input.from ?? null,
      input.to ?? null,
      input.limit + 1,
    ],
  );
  return cutPage(rows.map(toIncidentJson), input.limit, ({ id }) => id);
}
