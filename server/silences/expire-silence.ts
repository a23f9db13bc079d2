import { type Context, requireScope } from "#server/access/index.ts";
import { noSilence } from "./read-silence.ts";

/** Ends a silence now and keeps it as history. Expiring it again changes nothing. */
export async function expireSilence({ ctx, input }: { ctx: Context; input: { id: string } }): Promise<void> {
  requireScope(ctx, "respond");
  const { rows } = await ctx.database.sql.query<{ found: boolean }>(
    `WITH ended AS (
       UPDATE silence SET starts_at = least(starts_at, $2), ends_at = $2, expired_by = $3
        WHERE id::text = lower($1)
          -- who ended it first stays named
          AND ends_at > $2
     )
     SELECT EXISTS (SELECT FROM silence WHERE id::text = lower($1)) AS found`,
    [input.id, ctx.clock.now(), ctx.actor],
  );
  if (!rows[0]?.found) throw noSilence(input.id);
}
