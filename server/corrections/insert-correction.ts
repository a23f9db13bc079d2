import type { CorrectionDraft } from "#domain/correction.ts";
import type { Context } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import type { Sql, Transaction } from "#server/db/database.ts";
import type { Scope } from "./resolve-scope.ts";

/** Makes writers of facts reread the active corrections. Call behind the ingest gate. */
export async function raiseVersion(tx: Sql): Promise<void> {
  await tx.query("UPDATE fact_version SET corrections = corrections + 1");
}

/**
 * The latest event time received from the datacenter. Capped at now, so that a sender with a fast clock sets no valid replacement
 * aside, and at least an earlier correction's, so that this one covers what that one holds.
 */
export async function observedThroughOf(sql: Sql, { datacenterId, lastSeenAt }: Scope, now: Date): Promise<Date> {
  const { rows } = await sql.query<{ at: Date }>(
    `SELECT greatest(least($2::timestamptz(3), coalesce($3, $2)), max(observed_through)) AS at
       FROM correction WHERE datacenter_id = $1 AND undone_at IS NULL`,
    [datacenterId, now, lastSeenAt],
  );
  return rows[0]?.at ?? now;
}

export interface NewCorrection {
  draft: CorrectionDraft;
  scope: Scope;
  observedThrough: Date | null;
}

export async function insertCorrection(tx: Transaction, ctx: Context, correction: NewCorrection): Promise<bigint> {
  const { draft, scope, observedThrough } = correction;
  const { from: fromHour, to: toHour, after: afterAt, ...named } = draft;
  const { id } = await tx.prisma.correction.create({
    data: {
      ...named,
      eventTypeId: scope.eventTypeId,
      datacenterId: scope.datacenterId,
      reporterId: scope.reporterId,
      stage: scope.stage,
      fromHour,
      toHour,
      afterAt,
      observedThrough,
      createdAt: ctx.clock.now(),
      createdBy: ctx.actor,
    },
  });
  const { reason, ...after } = draft;
  await recordAct(tx, ctx, { act: "correction.created", name: String(id), after, reason });
  return id;
}
