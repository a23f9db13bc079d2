import type { AlertState } from "#domain/alert.ts";
import type { Severity } from "#domain/alert-rule.ts";
import type { AlertJson } from "#domain/api/alerts.ts";
import { formatInstant } from "#domain/instant.ts";
import { withoutToday } from "#domain/moment.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";

export interface AlertKey {
  readonly changedAt: string;
  readonly fingerprint: string;
}

export interface ListAlertsInput {
  readonly after: AlertKey | null;
  readonly limit: number;
  /** Default: all except normal. */
  readonly states?: readonly AlertState[] | undefined;
  readonly severity?: Severity | undefined;
  readonly eventType?: string | undefined;
  readonly datacenter?: string | undefined;
  readonly rule?: string | undefined;
  readonly incidentId?: bigint | undefined;
}

/** Alerts, last changed first. For a datacenter: all that name it, including types' alerts. */
export async function listAlerts({ ctx, input }: Call<ListAlertsInput>): Promise<Page<AlertJson, AlertKey>> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { rows } = await ctx.database.sql.query<AlertRow>(
    `SELECT ${alertColumns} FROM alert a
      WHERE ($1::timestamptz IS NULL OR (a.changed_at, a.fingerprint) < ($1, $2))
        AND CASE WHEN $3::text[] IS NULL THEN a.state <> 'normal' ELSE a.state = ANY ($3) END
        AND ($4::text IS NULL OR a.severity = $4)
        AND ($5::text IS NULL OR a.labels->>'eventType' = $5)
        AND ($6::text IS NULL OR a.labels->>'datacenter' = $6)
        AND ($7::text IS NULL OR a.rule = $7)
        AND ($8::bigint IS NULL OR a.incident_id = $8)
      ORDER BY a.changed_at DESC, a.fingerprint DESC LIMIT $9`,
    [
      input.after && new Date(input.after.changedAt),
      input.after?.fingerprint ?? null,
      input.states ?? null,
      input.severity ?? null,
      input.eventType ?? null,
      input.datacenter ?? null,
      input.rule ?? null,
      input.incidentId ?? null,
      input.limit + 1,
    ],
  );
  return cutPage(
    rows.map((row) => toAlertJson(row, now)),
    input.limit,
    ({ changedAt, fingerprint }) => ({ changedAt, fingerprint }),
  );
}

export interface AlertRow {
  fingerprint: string;
  rule: string;
  state: AlertState;
  severity: Severity;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  value: number | null;
  pendingSince: Date | null;
  firingSince: Date | null;
  resolvedAt: Date | null;
  changedAt: Date;
  incidentId: bigint | null;
}

export const alertColumns = `
  a.fingerprint, a.rule, a.state, a.severity, a.labels, a.annotations, a.value, a.pending_since AS "pendingSince",
  a.firing_since AS "firingSince", a.resolved_at AS "resolvedAt", a.changed_at AS "changedAt", a.incident_id AS "incidentId"`;

/** As it is read at the instant; null: kept by its reader. */
export function toAlertJson({ annotations, incidentId, ...row }: AlertRow, now: Date | null): AlertJson {
  return {
    ...row,
    eventType: row.labels.eventType ?? null,
    datacenter: row.labels.datacenter ?? null,
    summary: withoutToday(annotations.summary ?? "", now),
    description: annotations.description ?? null,
    runbook: annotations.runbook_url ?? null,
    pendingSince: row.pendingSince && formatInstant(row.pendingSince),
    firingSince: row.firingSince && formatInstant(row.firingSince),
    resolvedAt: row.resolvedAt && formatInstant(row.resolvedAt),
    changedAt: formatInstant(row.changedAt),
    incidentId: incidentId === null ? null : String(incidentId),
  };
}
