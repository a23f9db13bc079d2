import { type Context, requireScope } from "#server/access/index.ts";
import { Invalid, NotFound } from "#server/errors.ts";
import { readMinCompleteness, readWait } from "./gate-input.ts";
import { holdUntil } from "./hold-until.ts";
import { readHourInput } from "./hour-input.ts";
import type { HourReader, HourReading } from "./hour-reader.ts";
import type { AskedHour } from "./load-hour.ts";
import { answerOnce, isReadyFor, type Readiness } from "./readiness-answer.ts";
import type { VerdictListener } from "./verdict-listener.ts";

export interface AwaitReadyInput {
  eventType: string;
  hour: string;
  /** 0 to 1, as a number or numeric text. */
  minCompleteness?: string | number | undefined;
  /** Seconds of the product's time, or a duration: `30`, `30s`. */
  wait?: string | undefined;
}

export interface AwaitReadyOptions {
  ctx: Context;
  input: AwaitReadyInput;
  listener: VerdictListener;
  /** Aborts when the caller stops waiting. */
  signal?: AbortSignal;
}

/**
 * The consumers' gate: may this hour be read? Holds the request until it is ready, at most `wait`, woken by the commit of each new
 * verdict. Throws Invalid where waiting cannot help: an unknown type, an hour outside its active range.
 */
export async function awaitReady({ ctx, input, listener, signal }: AwaitReadyOptions): Promise<Readiness> {
  requireScope(ctx, "read");
  const hour = readHourInput(input.hour, "hour");
  const minCompleteness = readMinCompleteness(input.minCompleteness);
  const endMs = performance.now() + ctx.clock.toRealMs(readWait(input.wait) * 1000);
  const read = () => readOrRefuse(ctx, listener.hours, { eventType: input.eventType, hour });
  const reading = await holdUntil({
    listener,
    endMs,
    signal,
    read,
    waitsFor: (read) => (isReadyFor(read, minCompleteness) ? null : { eventTypeId: read.type.id, hour }),
  });
  return answerOnce(ctx, reading, minCompleteness);
}

async function readOrRefuse(ctx: Context, hours: HourReader, asked: AskedHour): Promise<HourReading> {
  try {
    return await hours.read({ ...asked, now: ctx.clock.now() });
  } catch (error) {
    // On 404 a sensor would wait for what never comes.
    if (error instanceof NotFound) throw new Invalid(error.message);
    throw error;
  }
}
