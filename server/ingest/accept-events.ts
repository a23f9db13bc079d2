import {
  type Fault,
  type Message,
  maxMonths,
  monthsNamed,
  type Parsed,
  parseBinaryEvent,
  parseEvent,
} from "#domain/protocol.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import { isDataError } from "#server/db/database-errors.ts";
import { Invalid } from "#server/errors.ts";
import type { BatchWriter } from "./batch-writer.ts";

export type AcceptEventsInput =
  | { mode: "single"; event: unknown }
  | { mode: "batch"; events: readonly unknown[] }
  /** Attributes are named as CloudEvents names them, without a `ce-` prefix. */
  | { mode: "binary"; attributes: Record<string, string>; data: unknown };

/**
 * Takes CloudEvents that came over HTTP; answers after the commit. One fault anywhere and nothing is applied: throws Invalid with
 * every fault, its pointer counting from the request body (a batch's begin with the event's index).
 */
export async function acceptEvents({
  ctx,
  input,
  writer,
}: {
  ctx: Context;
  input: AcceptEventsInput;
  writer: BatchWriter;
}): Promise<{ accepted: number }> {
  requireScope(ctx, "ingest");
  const parsed = parseAll(input, ctx.clock.now()).map((result): Parsed => {
    const faults = result.ok ? writer.findOutlived(result.message) : [];
    return faults.length > 0 ? { ok: false, faults } : result;
  });
  const faults = parsed.flatMap((result, index) => (result.ok ? [] : located(result.faults, input, index)));
  if (faults.length > 0) throw new Invalid("Nothing was taken in: mend the faults and send all of it again.", faults);
  const messages = parsed.flatMap((result) => (result.ok ? [result.message] : []));
  refuseTooManyMonths(messages);
  try {
    await writer.write({ messages, rejected: [] });
  } catch (error) {
    if (!isDataError(error)) throw error;
    throw new Invalid("Nothing was taken in.", [
      { pointer: "", detail: `must hold values the database can store; it answered: ${(error as Error).message}` },
    ]);
  }
  return { accepted: messages.length };
}

/** Each message is within the bound; a request is committed as one and keeps to it as a whole. */
function refuseTooManyMonths(messages: readonly Message[]): void {
  const months = monthsNamed(messages).size;
  if (months <= maxMonths) return;
  const detail = `must name hours of at most ${maxMonths} months, not of ${months}: send several requests`;
  throw new Invalid("Nothing was taken in.", [{ pointer: "", detail }]);
}

function parseAll(input: AcceptEventsInput, now: Date): Parsed[] {
  if (input.mode === "batch") return input.events.map((event) => parseEvent(event, now));
  if (input.mode === "binary") return [parseBinaryEvent(input.attributes, input.data, now)];
  return [parseEvent(input.event, now)];
}

function located(faults: Fault[], input: AcceptEventsInput, index: number): Fault[] {
  if (input.mode !== "batch") return faults;
  return faults.map((fault) => ({ ...fault, pointer: `/${index}${fault.pointer}` }));
}
