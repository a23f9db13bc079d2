import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { NotFound } from "#server/errors.ts";
import { uuidPattern } from "#server/page.ts";
import { holdSchedule } from "./find-schedule.ts";

/** Takes an override back; it stays as history. Taking it back again changes nothing: who did it first stays named. */
export async function removeOverride({ ctx, input: { name, id } }: Call<{ name: string; id: string }>): Promise<void> {
  requireScope(ctx, "respond");
  const removed = { removedBy: ctx.actor, removedAt: ctx.clock.now() };
  await ctx.database.transaction(async (tx) => {
    await holdSchedule(tx, name);
    const found = uuidPattern.test(id)
      ? await tx.prisma.onCallOverride.findFirst({ where: { id, schedule: name } })
      : null;
    if (!found)
      throw new NotFound(
        `Override "${id}" does not exist in "${name}". GET /api/v1/on-call-schedules/${encodeURIComponent(name)}/overrides lists them.`,
      );
    if (found.removedAt !== null) return;
    await tx.prisma.onCallOverride.update({ where: { id: found.id }, data: removed });
    const { person, startsAt, endsAt } = found;
    await recordAct(tx, ctx, { act: "on_call_override.removed", name, before: { id, person, startsAt, endsAt } });
  });
}
