import { answeredSilenceMembers, type SilenceJson } from "#domain/api/silences.ts";
import { formatInstant } from "#domain/instant.ts";
import { isObject } from "#domain/protocol/values.ts";
import { formatMatcher } from "#domain/routing.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { databaseNull } from "#server/db/prisma.ts";
import { Conflict } from "#server/errors.ts";
import { checkPrecondition, type Precondition } from "#server/precondition.ts";
import { holdSilence } from "./read-silence.ts";
import { readSilenceRequest } from "./read-silence-request.ts";
import { recordInTimelines } from "./record-in-timelines.ts";
import { factsOfSilence } from "./silence-facts.ts";
import { type SilenceRow, tagOf, toSilence, toSilenceJson } from "./silence-row.ts";

interface UpdateInput {
  id: string;
  /** As for creating one; without a start, it keeps its own. */
  body: unknown;
  precondition?: Precondition | undefined;
}

/** Replaces the fields of a silence that is not over. The row lock serialises it with other acts on the silence. */
export async function updateSilence({ ctx, input }: { ctx: Context; input: UpdateInput }): Promise<SilenceJson> {
  requireScope(ctx, "respond");
  const now = ctx.clock.now();
  return ctx.database.transaction(async (tx) => {
    const before = await holdSilence(tx, input.id);
    checkPrecondition(input.precondition, { what: "The silence", tag: tagOf(before) });
    if (before.endsAt <= now) throw new Conflict("The silence is over. Create a new one.");
    const refusal = "The silence was not changed.";
    const asked = readSilenceRequest(withoutAnswered(input.body), { now, start: before.startsAt, refusal });
    const { recurrence, ...spec } = { ...asked, matchers: asked.matchers.map(formatMatcher) };
    const next = { ...before, ...spec, recurrence: recurrence as SilenceRow["recurrence"] };
    const changes = changesBetween(before, next);
    if (changes.length === 0) return toSilenceJson(before, now);
    const data = { ...spec, recurrence: recurrence ?? databaseNull(), updatedBy: ctx.actor };
    const row = (await tx.prisma.silence.update({ where: { id: before.id }, data })) as SilenceRow;
    const [was, is] = [factsOfSilence(before), factsOfSilence(row)];
    await recordAct(tx, ctx, { act: "silence.changed", name: row.id, before: was, after: is, reason: row.reason });
    await recordInTimelines(tx, {
      // Alerts that it muted until now are concerned as much as those that it mutes from now on.
      silences: [toSilence(before), toSilence(row)],
      kind: "silence_changed",
      actor: ctx.actor,
      message: `Silence changed: ${changes.join("; ")}`,
      at: now,
    });
    return toSilenceJson(row, now);
  });
}

function withoutAnswered(body: unknown): unknown {
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([member]) => !answeredSilenceMembers.includes(member)));
}

function changesBetween(before: SilenceRow, after: SilenceRow): string[] {
  const parts: [text: (row: SilenceRow) => string, what: string][] = [
    [({ matchers }) => matchers.join(" "), "matches"],
    [({ startsAt }) => formatInstant(startsAt), "starts at"],
    [({ endsAt }) => formatInstant(endsAt), "ends at"],
    [({ recurrence }) => (recurrence === null ? "never" : JSON.stringify(recurrence)), "repeats"],
    [({ reason }) => reason, "reason:"],
  ];
  return parts.flatMap(([text, what]) => (text(before) === text(after) ? [] : [`${what} ${text(after)}`]));
}
