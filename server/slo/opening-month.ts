import { formatMonth, monthOf } from "#domain/slo.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { lastMonth } from "./read-digest.ts";

/** The month that the managers' page opens on: the last closed one; before any hour of it counts, the current one. */
export async function readOpeningMonth({ ctx }: { ctx: Context }): Promise<string> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const last = lastMonth(now);
  const { rows } = await ctx.database.sql.query<{ counts: boolean }>(
    "SELECT EXISTS (SELECT FROM slo_month WHERE month = $1 AND due_hours + excused_hours > 0) AS counts",
    [`${last}-01T00:00:00Z`],
  );
  return rows[0]?.counts ? last : formatMonth(monthOf(now));
}
