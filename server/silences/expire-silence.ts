import { type Context, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { holdSilence } from "./read-silence.ts";
import { recordInTimelines } from "./record-in-timelines.ts";
import { factsOfSilence } from "./silence-facts.ts";
import { tagOf, toSilence } from "./silence-row.ts";

/** Ends a silence now and keeps it as history. Expiring it again changes nothing: who ended it first stays named. */
export async function expireSilence({
  ctx,
  input,
}: {
  ctx: Context;
  input: { id: string; precondition?: Precondition | undefined };
}): Promise<void> {
  requireScope(ctx, "respond");
  const now = ctx.clock.now();
  await ctx.database.transaction(async (tx) => {
    const row = await holdSilence(tx, input.id);
    checkPrecondition(input.precondition, { what: "The silence", tag: tagOf(row) });
    if (row.endsAt <= now) return;
    const startsAt = new Date(Math.min(row.startsAt.getTime(), now.getTime()));
    const data = { startsAt, endsAt: now, expiredBy: ctx.actor };
    await tx.prisma.silence.update({ where: { id: row.id }, data });
    const [before, after] = [factsOfSilence(row), factsOfSilence({ ...row, ...data })];
    await recordAct(tx, ctx, { act: "silence.ended", name: row.id, before, after });
    const message = "Silence ended.";
    await recordInTimelines(tx, {
      silences: [toSilence(row)],
      kind: "silence_ended",
      actor: ctx.actor,
      message,
      at: now,
    });
  });
}
