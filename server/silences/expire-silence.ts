import { type Context, requireScope } from "#server/access/index.ts";
import { holdSilence } from "./read-silence.ts";
import { recordInTimelines } from "./record-in-timelines.ts";
import { toSilence } from "./silence-row.ts";

/** Ends a silence now and keeps it as history. Expiring it again changes nothing: who ended it first stays named. */
export async function expireSilence({ ctx, input }: { ctx: Context; input: { id: string } }): Promise<void> {
  requireScope(ctx, "respond");
  const now = ctx.clock.now();
  await ctx.database.transaction(async (tx) => {
    const row = await holdSilence(tx, input.id);
    if (row.endsAt <= now) return;
    await tx.query(
      "UPDATE silence SET starts_at = least(starts_at, $2), ends_at = $2, expired_by = $3 WHERE id::text = lower($1)",
      [input.id, now, ctx.actor],
    );
    const message = "Silence ended.";
    await recordInTimelines(tx, { silence: toSilence(row), kind: "silence_ended", actor: ctx.actor, message, at: now });
  });
}
