import type { SilenceJson } from "#domain/api/silences.ts";
import { formatInstant } from "#domain/instant.ts";
import { formatMatcher } from "#domain/routing.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { readSilenceRequest } from "./read-silence-request.ts";
import { recordInTimelines } from "./record-in-timelines.ts";
import { factsOfSilence } from "./silence-facts.ts";
import { type SilenceRow, toSilence, toSilenceJson } from "./silence-row.ts";

/** Creates a silence from its fields, with `endsAt` or a `duration` from its start; without a start, from now. */
export async function createSilence({ ctx, input }: { ctx: Context; input: unknown }): Promise<SilenceJson> {
  requireScope(ctx, "respond");
  const now = ctx.clock.now();
  const refusal = "The silence was not created.";
  const { matchers, recurrence, ...spec } = readSilenceRequest(input, { now, start: now, refusal });
  const { startsAt, endsAt, reason } = spec;
  return ctx.database.transaction(async (tx) => {
    const made = { ...spec, matchers: matchers.map(formatMatcher), createdBy: ctx.actor, createdAt: now };
    const data = { ...made, ...(recurrence !== null && { recurrence }) };
    const row = (await tx.prisma.silence.create({ data })) as SilenceRow;
    await recordAct(tx, ctx, { act: "silence.created", name: row.id, after: factsOfSilence(row), reason });
    const times = `${formatInstant(startsAt)} to ${formatInstant(endsAt)}${row.recurrence === null ? "" : ", repeating"}`;
    const message = `Silenced ${times}: ${reason}`;
    await recordInTimelines(tx, { silences: [toSilence(row)], kind: "silenced", actor: ctx.actor, message, at: now });
    return toSilenceJson(row, now);
  });
}
