import type { AlertState } from "#domain/alert.ts";
import type { Severity } from "#domain/alert-rule.ts";
import type { AlertJson } from "#domain/api/alerts.ts";
import { type WithDates, writeDates } from "#domain/api/shared.ts";
import { withoutToday } from "#domain/moment.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";

export interface AlertKey {
  readonly changedAt: string;
  readonly fingerprint: string;
}

export interface ListAlertsInput extends PageInput<AlertKey> {
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
  const { after, limit, states = null, severity = null, eventType = null, datacenter = null } = input;
  const { rule = null, incidentId = null } = input;
  const changedBefore = after && new Date(after.changedAt);
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
    [changedBefore, after?.fingerprint ?? null, states, severity, eventType, datacenter, rule, incidentId, limit + 1],
  );
  const items = rows.map((row) => toAlertJson(row, now));
  return cutPage(items, limit, ({ changedAt, fingerprint }) => ({ changedAt, fingerprint }));
}

export type AlertRow = WithDates<
  Omit<AlertJson, "eventType" | "datacenter" | "summary" | "description" | "runbook" | "incidentId">,
  "pendingSince" | "firingSince" | "resolvedAt" | "changedAt"
> & { annotations: Record<string, string>; incidentId: bigint | null };

export const alertColumns = `
  a.fingerprint, a.rule, a.state, a.severity, a.labels, a.annotations, a.value, a.pending_since AS "pendingSince",
  a.firing_since AS "firingSince", a.resolved_at AS "resolvedAt", a.changed_at AS "changedAt", a.incident_id AS "incidentId"`;

/** As it is read at the instant; null: kept by its reader. */
export function toAlertJson({ annotations, incidentId, ...row }: AlertRow, now: Date | null): AlertJson {
  return {
    ...writeDates(row, ["pendingSince", "firingSince", "resolvedAt", "changedAt"]),
    eventType: row.labels.eventType ?? null,
    datacenter: row.labels.datacenter ?? null,
    summary: withoutToday(annotations.summary ?? "", now),
    description: annotations.description ?? null,
    runbook: annotations.runbook_url ?? null,
    incidentId: incidentId === null ? null : String(incidentId),
  };
}
