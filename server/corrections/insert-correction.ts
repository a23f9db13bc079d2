import type { CorrectionDraft } from "#domain/correction.ts";
import { stages } from "#domain/protocol.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
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

export async function insertCorrection(tx: Sql, ctx: Context, correction: NewCorrection): Promise<bigint> {
  const { draft, scope, observedThrough } = correction;
  const { rows } = await tx.query<{ id: bigint }>(
    `INSERT INTO correction (action, event_type_id, datacenter_id, reporter_id, event_type, datacenter, reporter, stage,
                             from_hour, to_hour, after_at, observed_through, reason, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
    [
      draft.action,
      scope.eventTypeId,
      scope.datacenterId,
      scope.reporterId,
      draft.eventType,
      draft.datacenter,
      draft.reporter,
      draft.stage === null ? null : stages.indexOf(draft.stage) + 1,
      draft.from,
      draft.to,
      draft.after,
      observedThrough,
      draft.reason,
      ctx.clock.now(),
      ctx.actor,
    ],
  );
  if (!rows[0]) throw new Error("An insert answered no row.");
  return rows[0].id;
}
