import type { WithDates } from "#domain/api/shared.ts";
import type { SloExcuseJson } from "#domain/api/slo.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { monthPeriod, type Period } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { type CreatedKey, cutPage, type Page, type PageInput } from "#server/page.ts";
import { specTag } from "#server/precondition.ts";
import { readMonth } from "./slo-input.ts";

export type ExcuseRow = WithDates<
  Omit<SloExcuseJson, "from" | "to" | "state" | "etag">,
  "createdAt" | "approvedAt" | "revokedAt"
> & { fromHour: Date; toHour: Date };

export interface ListExcusesInput extends PageInput<CreatedKey> {
  /** Those that overlap the month or the period; omitted: all. */
  readonly month?: string | undefined;
  readonly period?: Pick<Period, "from" | "to"> | undefined;
}

/** Excuses, including revoked ones, newest first. */
export async function listExcuses({ ctx, input }: Call<ListExcusesInput>): Promise<Page<SloExcuseJson, CreatedKey>> {
  requireScope(ctx, "read");
  const period = input.month === undefined ? input.period : monthPeriod(readMonth(input.month, ctx.clock.now()));
  const { rows } = await ctx.database.sql.query<ExcuseRow>(
    `SELECT e.id, e.scope, e.from_hour AS "fromHour", e.to_hour AS "toHour", e.reason, e.created_at AS "createdAt",
            e.created_by AS "createdBy", e.approved_at AS "approvedAt", e.approved_by AS "approvedBy", e.revoked_at AS "revokedAt", e.revoked_by AS "revokedBy",
            e.revoke_reason AS "revokeReason",
            ARRAY(SELECT t.name FROM event_type t WHERE t.id = ANY (e.event_type_ids) ORDER BY t.name COLLATE "C") AS "eventTypes"
       FROM slo_excuse e
      WHERE ($1::timestamptz IS NULL OR (e.from_hour < $2 AND e.to_hour > $1))
        AND ($3::timestamptz IS NULL OR (e.created_at, e.id) < ($3, $4))
      ORDER BY e.created_at DESC, e.id DESC LIMIT $5 + 1`,
    [period?.from ?? null, period?.to ?? null, input.after?.createdAt ?? null, input.after?.id ?? null, input.limit],
  );
  const page = cutPage(rows, input.limit, ({ id, createdAt }) => ({ id, createdAt: createdAt.toISOString() }));
  return { ...page, items: page.items.map(toExcuseJson) };
}

export function toExcuseJson({ fromHour, toHour, createdAt, approvedAt, revokedAt, ...row }: ExcuseRow): SloExcuseJson {
  const state = revokedAt ? "revoked" : approvedAt ? "active" : "pending";
  const json = {
    ...row,
    from: formatHour(fromHour),
    to: formatHour(toHour),
    createdAt: formatInstant(createdAt),
    state,
    approvedAt: approvedAt && formatInstant(approvedAt),
    revokedAt: revokedAt && formatInstant(revokedAt),
  } as const;
  return { ...json, etag: specTag([row.id, state]) };
}
