import type { SilenceJson } from "#domain/api/silences.ts";
import { formatInstant } from "#domain/instant.ts";
import { parseExtension } from "#domain/silence.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { holdSilence } from "./read-silence.ts";
import { recordInTimelines } from "./record-in-timelines.ts";
import { factsOfSilence } from "./silence-facts.ts";
import { type SilenceRow, tagOf, toSilence, toSilenceJson } from "./silence-row.ts";

interface ExtendInput {
  id: string;
  /** `{duration}` from its present end, or `{endsAt}`. */
  body: unknown;
  precondition?: Precondition | undefined;
}

/** Moves the end of a silence that is not over. The row lock serialises two people who extend it at once: both count. */
export async function extendSilence({ ctx, input }: { ctx: Context; input: ExtendInput }): Promise<SilenceJson> {
  requireScope(ctx, "respond");
  const now = ctx.clock.now();
  const parsed = parseExtension(input.body);
  if (!parsed.ok) throw new Invalid("The silence was not extended.", parsed.faults);
  const { duration, endsAt } = parsed.spec;
  return ctx.database.transaction(async (tx) => {
    const before = await holdSilence(tx, input.id);
    const what = `The silence, which ends at ${formatInstant(before.endsAt)},`;
    checkPrecondition(input.precondition, { what, tag: tagOf(before) });
    if (before.endsAt <= now) throw new Conflict("The silence is over. Create a new one.");
    const end = endsAt ?? new Date(before.endsAt.getTime() + (duration ?? 0) * 1000);
    if (end <= now || end <= before.startsAt) {
      const detail = `must be later than now, which is ${formatInstant(now)}, and than its start. DELETE ends a silence`;
      throw new Invalid("The silence was not extended.", [{ pointer: "/endsAt", detail }]);
    }
    const data = { endsAt: end, extendedBy: ctx.actor };
    const row = (await tx.prisma.silence.update({ where: { id: before.id }, data })) as SilenceRow;
    const [was, is] = [factsOfSilence(before), factsOfSilence(row)];
    await recordAct(tx, ctx, { act: "silence.extended", name: row.id, before: was, after: is });
    const message = `Silence moved from ${formatInstant(before.endsAt)} to end at ${formatInstant(end)}.`;
    await recordInTimelines(tx, {
      silences: [toSilence(row)],
      kind: "silence_extended",
      actor: ctx.actor,
      message,
      at: now,
    });
    return toSilenceJson(row, now);
  });
}
