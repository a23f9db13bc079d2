import { parseDuration } from "#domain/duration.ts";
import { sayFound } from "#domain/fault.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { isObject } from "#domain/protocol/values.ts";
import { parseSilence, type SilenceSpec } from "#domain/silence.ts";
import type { InputJson } from "#server/db/database.ts";
import { type Fault, Invalid } from "#server/errors.ts";

interface Reading {
  now: Date;
  /** Its start, where the request names none. */
  start: Date;
  /** What is said if the request is refused. */
  refusal: string;
}

type RequestedSilence = Omit<SilenceSpec, "startsAt" | "recurrence"> & {
  startsAt: Date;
  /** As written; null: from start to end. */
  recurrence: InputJson | null;
};

/** A silence's fields from a request, with `endsAt` or a `duration` from its start. Its end must be ahead. */
export function readSilenceRequest(given: unknown, { now, start, refusal }: Reading): RequestedSilence {
  const refuse = (pointer: string, detail: string): never => {
    throw new Invalid(refusal, [{ pointer, detail }] satisfies Fault[]);
  };
  if (!isObject(given)) return refuse("", `must be an object; found ${sayFound(given)}`);
  const { duration, recurrence, ...rest } = given;
  const endOf = (): string => {
    const seconds = typeof duration === "string" ? parseDuration(duration) : null;
    if (seconds === null || seconds === 0) return refuse("/duration", "must be a positive duration, like 2h");
    if (rest.endsAt !== undefined) return refuse("/duration", "cannot be combined with endsAt. Send one of the two");
    const from = (typeof rest.startsAt === "string" && parseInstant(rest.startsAt)) || start;
    return formatInstant(new Date(from.getTime() + seconds * 1000));
  };
  const repeats = recurrence !== undefined && recurrence !== null;
  const ends = duration === undefined ? {} : { endsAt: endOf() };
  const parsed = parseSilence({ ...rest, ...ends, ...(repeats && { recurrence }) });
  if (!parsed.ok) throw new Invalid(refusal, parsed.faults);
  const { startsAt = start, ...spec } = parsed.spec;
  if (spec.endsAt <= now || spec.endsAt <= startsAt) {
    const detail = `must be later than now, which is ${formatInstant(now)}, and than its start: it would silence nothing`;
    return refuse(duration === undefined ? "/endsAt" : "/duration", detail);
  }
  return { ...spec, startsAt, recurrence: repeats ? (recurrence as InputJson) : null };
}
