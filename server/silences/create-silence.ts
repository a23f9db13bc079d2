import type { SilenceJson } from "#domain/api/silences.ts";
import { parseDuration } from "#domain/duration.ts";
import { sayFound } from "#domain/fault.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { isObject } from "#domain/protocol/values.ts";
import { formatMatcher } from "#domain/routing.ts";
import { parseSilence, type SilenceSpec } from "#domain/silence.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { InputJson } from "#server/db/database.ts";
import { type Fault, Invalid } from "#server/errors.ts";
import { recordInTimelines } from "./record-in-timelines.ts";
import { type SilenceRow, toSilence, toSilenceJson } from "./silence-row.ts";

type SilenceRequest = Readonly<Record<string, unknown>>;

/** Creates a silence from its fields, with `endsAt` or a `duration` from its start; without a start, from now. */
export async function createSilence({ ctx, input: given }: { ctx: Context; input: unknown }): Promise<SilenceJson> {
  requireScope(ctx, "respond");
  const now = ctx.clock.now();
  if (!isObject(given)) throw refused([{ pointer: "", detail: `must be an object; found ${sayFound(given)}` }]);
  const input: SilenceRequest = given;
  const { startsAt = now, endsAt, matchers, reason } = readRequest(input, now);
  return ctx.database.transaction(async (tx) => {
    const made = { startsAt, endsAt, reason, createdBy: ctx.actor, createdAt: now };
    const recurrence = isGiven(input.recurrence) && { recurrence: input.recurrence as InputJson };
    const data = { ...made, matchers: matchers.map(formatMatcher), ...recurrence };
    const row = (await tx.prisma.silence.create({ data })) as SilenceRow;
    const times = `${formatInstant(startsAt)} to ${formatInstant(endsAt)}${row.recurrence === null ? "" : ", repeating"}`;
    const message = `Silenced ${times}: ${reason}`;
    await recordInTimelines(tx, { silence: toSilence(row), kind: "silenced", actor: ctx.actor, message, at: now });
    return toSilenceJson(row, now);
  });
}

function isGiven(member: unknown): boolean {
  return member !== undefined && member !== null;
}

function readRequest({ duration, recurrence, ...rest }: SilenceRequest, now: Date): SilenceSpec {
  const ends = duration === undefined ? {} : { endsAt: endOf(rest, duration, now) };
  const spec = { ...rest, ...ends, ...(isGiven(recurrence) && { recurrence }) };
  const parsed = parseSilence(spec);
  if (!parsed.ok) throw refused(parsed.faults);
  const start = parsed.spec.startsAt ?? now;
  if (parsed.spec.endsAt > now && parsed.spec.endsAt > start) return parsed.spec;
  const detail = `must be later than now, which is ${formatInstant(now)}, and than its start: it would silence nothing`;
  throw refused([{ pointer: duration === undefined ? "/endsAt" : "/duration", detail }]);
}

function endOf(rest: SilenceRequest, duration: unknown, now: Date): string {
  const seconds = typeof duration === "string" ? parseDuration(duration) : null;
  if (seconds === null || seconds === 0) {
    throw refused([{ pointer: "/duration", detail: "must be a duration longer than nothing, like 2h" }]);
  }
  if (rest.endsAt !== undefined) {
    throw refused([{ pointer: "/duration", detail: "must be left out where there is an endsAt: say one of the two" }]);
  }
  const start = (typeof rest.startsAt === "string" && parseInstant(rest.startsAt)) || now;
  return formatInstant(new Date(start.getTime() + seconds * 1000));
}

function refused(faults: Fault[]): Invalid {
  return new Invalid("The silence was not created.", faults);
}
