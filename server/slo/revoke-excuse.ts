import { type Context, requireAnyScope, requireLimits } from "#server/access/index.ts";
import { Conflict, Invalid, NotFound } from "#server/errors.ts";
import { markExcusedDays } from "./mark-excused-days.ts";

export interface RevokeExcuseInput {
  readonly id: string;
  readonly reason?: string | undefined;
}

/** Makes excused hours count again. The excuse stays, with who revoked it and why. */
export async function revokeExcuse({ ctx, input }: { ctx: Context; input: RevokeExcuseInput }): Promise<void> {
  requireAnyScope(ctx, "respond", "write");
  const reason = input.reason?.trim() ?? "";
  if (reason.length < 3 || reason.length > 1_000) {
    const detail = "Say why as ?reason=…, in 3 to 1,000 characters: it is what an auditor reads.";
    throw new Invalid(detail, [{ parameter: "reason", detail }]);
  }
  await ctx.database.transaction(async (tx) => {
    const { rows } = await tx.query<{ eventTypeIds: number[]; from: Date; to: Date; names: string[] }>(
      `UPDATE slo_excuse SET revoked_at = $2, revoked_by = $3, revoke_reason = $4
        -- zero rows: there is none, or a concurrent request was first
        WHERE id = $1 AND revoked_at IS NULL
       RETURNING event_type_ids AS "eventTypeIds", from_hour AS "from", to_hour AS "to",
                 ARRAY(SELECT name FROM event_type WHERE id = ANY (event_type_ids) ORDER BY name) AS names`,
      [input.id, ctx.clock.now(), ctx.actor, reason],
    );
    const hours = rows[0];
    if (hours) {
      // Checked after the write; a refusal rolls it back.
      requireLimits(ctx, ...hours.names.map((eventType) => ({ eventType, datacenter: null })));
      return markExcusedDays(tx, { ...hours, cause: "excuse_revoked", actor: ctx.actor, reason });
    }
    const { rowCount } = await tx.query("SELECT FROM slo_excuse WHERE id = $1", [input.id]);
    if (rowCount) throw new Conflict("This excuse is revoked already.");
    throw new NotFound(`There is no excuse "${input.id}". GET /api/v1/slo/excuses lists them.`);
  });
}
