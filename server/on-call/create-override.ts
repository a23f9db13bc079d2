import type { OnCallOverrideJson } from "#domain/api/on-call.ts";
import { parseDuration } from "#domain/duration.ts";
import { type Fault, sayFound } from "#domain/fault.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import type { OnCallSchedule } from "#domain/on-call.ts";
import { isObject, isText } from "#domain/protocol/values.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import { holdSchedule } from "./find-schedule.ts";
import { toOverrideJson, toSchedule } from "./schedule-row.ts";
import { maxOverrides } from "./stored-overrides.ts";

/** Longer than any leave, and short enough to lay out. */
const maxDays = 366;
const dayMs = 86_400_000;

/** Puts a person on call for a while, whoever's turn it is: from now or `startsAt`, until `endsAt` or for a `duration`. */
export async function createOverride({
  ctx,
  input: { name, body },
}: Call<{ name: string; body: unknown }>): Promise<OnCallOverrideJson> {
  requireScope(ctx, "respond");
  const now = ctx.clock.now();
  return ctx.database.transaction(async (tx) => {
    const schedule = toSchedule(await holdSchedule(tx, name));
    const terms = readTerms(body, schedule, now);
    const standing = await tx.prisma.onCallOverride.count({
      where: { schedule: name, endsAt: { gt: now }, removedAt: null },
    });
    if (standing >= maxOverrides)
      throw new Conflict(`"${name}" has ${maxOverrides} overrides ahead. Remove some first, or change its layers.`);
    const data = { ...terms, schedule: name, createdBy: ctx.actor, createdAt: now };
    const made = await tx.prisma.onCallOverride.create({ data });
    const { reason, ...after } = terms;
    await recordAct(tx, ctx, { act: "on_call_override.created", name, after: { id: made.id, ...after }, reason });
    return toOverrideJson(made, schedule);
  });
}

function readTerms(body: unknown, { people }: OnCallSchedule, now: Date) {
  const refuse = (pointer: string, detail: string): never => {
    throw new Invalid("The override was not created.", [{ pointer, detail }] satisfies Fault[]);
  };
  if (!isObject(body)) return refuse("", `must be an object; found ${sayFound(body)}`);
  const { person, startsAt, endsAt, duration, reason, ...others } = body;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    return refuse(`/${unknown}`, "is unknown; known fields: person, startsAt, endsAt, duration, reason");
  if (typeof person !== "string" || !people.some(({ name }) => name === person)) {
    const known = people.map(({ name }) => name).join(", ");
    return refuse("/person", `must be one of the schedule's people (${known}); found ${sayFound(person)}`);
  }
  const at = (pointer: string, value: unknown): Date =>
    (typeof value === "string" && parseInstant(value)) ||
    refuse(pointer, `must be an instant like 2026-11-22T13:00:00Z; found ${sayFound(value)}`);
  const start = startsAt === undefined ? now : at("/startsAt", startsAt);
  if ((endsAt === undefined) === (duration === undefined))
    return refuse("/endsAt", "is required, or a duration instead: one of the two");
  const seconds = typeof duration === "string" ? parseDuration(duration) : null;
  if (duration !== undefined && !seconds)
    return refuse("/duration", `must be a duration above 0, like 8h; found ${sayFound(duration)}`);
  const end = endsAt === undefined ? new Date(start.getTime() + (seconds ?? 0) * 1000) : at("/endsAt", endsAt);
  const where = endsAt === undefined ? "/duration" : "/endsAt";
  if (end <= start || end <= now)
    return refuse(where, `must be later than its start and than now, which is ${formatInstant(now)}`);
  if (!(end.getTime() - Math.max(start.getTime(), now.getTime()) <= maxDays * dayMs))
    return refuse(where, `must be at most ${maxDays} days after its start`);
  if (start.getTime() - now.getTime() > maxDays * dayMs)
    return refuse("/startsAt", `must be within ${maxDays} days from now`);
  if (reason !== undefined && (typeof reason !== "string" || !isText(reason, 500)))
    return refuse("/reason", "must be a line of 1 to 500 characters");
  return { person, startsAt: start, endsAt: end, reason: typeof reason === "string" ? reason : null };
}
