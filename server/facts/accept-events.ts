import type { AcceptedInPartJson, RefusedEventJson } from "#domain/api/accepted-events.ts";
import {
  type Fault,
  type Message,
  maxMonths,
  monthsNamed,
  type Parsed,
  parseBinaryEvent,
  parseEvent,
} from "#domain/protocol.ts";
import { type Context, OutsideLimits, requireScope } from "#server/access/index.ts";
import { isDataError } from "#server/db/database-errors.ts";
import { Invalid } from "#server/errors.ts";
import { TooManyNewNames } from "./admit-names.ts";
import type { BatchWriter, Entry } from "./batch-writer.ts";
import { findOutsideLimits } from "./find-outside-limits.ts";

export type AcceptEventsInput =
  | { mode: "single"; event: unknown }
  | { mode: "batch"; events: readonly unknown[] }
  /** Attributes carry CloudEvents' names, without the `ce-` prefix; `faults` lists those that could not be decoded. */
  | { mode: "binary"; attributes: Record<string, string>; faults: readonly Fault[]; data: unknown };

interface AcceptedInPart extends AcceptedInPartJson {
  /** When to retry, if some were refused with 429. */
  retryAfterSeconds: number | null;
}

interface Request {
  ctx: Context;
  input: AcceptEventsInput;
  writer: BatchWriter;
  /** Runs in the transaction of the events. */
  record?: Entry["record"];
}

/** As many as an answer lists. The rest of a batch with more is not looked at: nothing of it is applied anyway. */
const enoughFaults = 1_000;

type Checked = { ok: true; message: Message } | { ok: false; refusal: Omit<RefusedEventJson, "index"> };

const notAccepted = "Nothing was accepted.";

/**
 * Accepts CloudEvents from HTTP and returns after the commit. One fault anywhere and nothing is applied: throws OutsideLimits
 * for data outside the token's limits, TooManyNewNames, and Invalid for every other fault, with pointers into the
 * request body (in a batch they begin with the event's index).
 */
export async function acceptEvents({ ctx, input, writer, record }: Request): Promise<{ accepted: number }> {
  requireScope(ctx, "ingest");
  const checked = await checkAll({ ctx, input, writer }, parseUntilRefused(input, ctx.clock.now()));
  const faultsOf = (status: RefusedEventJson["status"]) =>
    checked.flatMap((each, index) =>
      each.ok || each.refusal.status !== status ? [] : located(each.refusal.faults, input, index),
    );
  const outside = faultsOf(403);
  if (outside.length > 0) {
    throw new OutsideLimits(`${notAccepted} The token's limits exclude part of the request.`, outside);
  }
  const faults = faultsOf(400);
  if (faults.length > 0) throw new Invalid(`${notAccepted} Fix the errors below and resend the whole request.`, faults);
  const messages = checked.flatMap((each) => (each.ok ? [each.message] : []));
  refuseTooManyMonths(messages);
  try {
    await writer.write({ messages, rejected: [], ...(record ? { record } : {}) });
  } catch (error) {
    if (!isDataError(error)) throw error;
    throw new Invalid(notAccepted, [unstorable(error)]);
  }
  return { accepted: messages.length };
}

/**
 * Accepts each event separately: events without faults are committed on return, the others are listed. Throws when the
 * database fails, since what was committed is then unknown; resending the whole request is harmless.
 */
export async function acceptEventsInPart({ ctx, input, writer }: Request): Promise<AcceptedInPart> {
  requireScope(ctx, "ingest");
  const checked = await checkAll({ ctx, input, writer }, parseEach(input, ctx.clock.now()));
  let retryAfterSeconds: number | null = null;
  const refused = await Promise.all(
    checked.map(async (each, index): Promise<RefusedEventJson[]> => {
      if (!each.ok) return [{ index, ...each.refusal }];
      try {
        await writer.write({ messages: [each.message], rejected: [] });
        return [];
      } catch (error) {
        if (isDataError(error)) return [{ index, status: 400, faults: [unstorable(error)] }];
        if (!(error instanceof TooManyNewNames)) throw error;
        retryAfterSeconds = error.retryAfterSeconds;
        return [{ index, status: 429, faults: [...error.faults] }];
      }
    }),
  );
  const list = refused.flat();
  return { accepted: checked.length - list.length, refused: list, retryAfterSeconds };
}

async function checkAll({ ctx, writer }: Request, parsed: readonly Parsed[]): Promise<Checked[]> {
  await writer.requireClock(parsed.flatMap((each) => (each.ok ? [] : each.faults)));
  const faults = await writer.findFaults(parsed.flatMap((each) => (each.ok ? [each.message] : [])));
  let next = 0;
  return parsed.map((each): Checked => {
    if (!each.ok) return { ok: false, refusal: { status: 400, faults: each.faults } };
    const tooOld = faults[next++] ?? [];
    const outside = ctx.ingestLimits ? findOutsideLimits(each.message, ctx.ingestLimits) : [];
    if (outside.length > 0) return { ok: false, refusal: { status: 403, faults: outside } };
    if (tooOld.length > 0) return { ok: false, refusal: { status: 400, faults: tooOld } };
    return each;
  });
}

/** Each message is within the limit; a request commits as one, so the limit covers it whole. */
function refuseTooManyMonths(messages: readonly Message[]): void {
  const months = monthsNamed(messages).size;
  if (months <= maxMonths) return;
  const detail = `must name hours of at most ${maxMonths} months, found ${months}. Split it into several requests`;
  throw new Invalid(notAccepted, [{ pointer: "", detail }]);
}

/** Each event, until there are more faults than an answer lists. */
function parseUntilRefused(input: AcceptEventsInput, now: Date): Parsed[] {
  const parsed: Parsed[] = [];
  let faults = 0;
  for (const each of parseAll(input, now)) {
    parsed.push(each);
    faults += each.ok ? 0 : each.faults.length;
    if (faults >= enoughFaults) break;
  }
  return parsed;
}

/** Every event. Beyond what an answer lists, a refused one keeps its first fault. */
function parseEach(input: AcceptEventsInput, now: Date): Parsed[] {
  let faults = 0;
  return [...parseAll(input, now)].map((each) => {
    if (each.ok) return each;
    const kept = faults < enoughFaults ? each.faults : each.faults.slice(0, 1);
    faults += kept.length;
    return { ok: false, faults: kept };
  });
}

function* parseAll(input: AcceptEventsInput, now: Date): Generator<Parsed> {
  if (input.mode === "batch") for (const event of input.events) yield parseEvent(event, now);
  else if (input.mode === "single") yield parseEvent(input.event, now);
  else if (input.faults.length > 0) yield { ok: false, faults: [...input.faults] };
  else yield parseBinaryEvent(input.attributes, input.data, now);
}

function located(faults: readonly Fault[], input: AcceptEventsInput, index: number): readonly Fault[] {
  if (input.mode !== "batch") return faults;
  return faults.map((fault) => ({ ...fault, pointer: `/${index}${fault.pointer}` }));
}

function unstorable(error: unknown): Fault {
  return {
    pointer: "",
    detail: `has a value that the database cannot store: ${(error as Error).message}`,
  };
}
