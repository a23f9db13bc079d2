import { parseDuration } from "#domain/duration.ts";
import { type Context, requireScope } from "#server/access/context.ts";
import { Invalid, NotFound } from "#server/errors.ts";
import { readHourInput } from "./hour-input.ts";
import type { HourReader, HourReading } from "./hour-reader.ts";
import type { AskedHour } from "./load-hour.ts";
import { answerOnce, isReadyFor, type Readiness } from "./readiness-answer.ts";
import type { VerdictListener } from "./verdict-listener.ts";

export interface AwaitReadyInput {
  eventType: string;
  hour: string;
  /** 0 to 1, as a number or written as one. */
  minCompleteness?: string | number | undefined;
  /** Seconds of the product's time, or a duration: `30`, `30s`. */
  wait?: string | undefined;
}

export interface AwaitReadyOptions {
  ctx: Context;
  input: AwaitReadyInput;
  listener: VerdictListener;
  /** Aborts when nobody waits for the answer any more. */
  signal?: AbortSignal;
}

/**
 * The consumers' gate: may this hour be read? Holds the question until it may, at most `wait`, woken by the commit of each new
 * verdict. Invalid for whatever waiting cannot change: an unknown type, an hour outside its active range.
 */
export async function awaitReady({ ctx, input, listener, signal }: AwaitReadyOptions): Promise<Readiness> {
  requireScope(ctx, "read");
  const hour = readHourInput(input.hour, "hour");
  const minCompleteness = readMinCompleteness(input.minCompleteness);
  const endMs = performance.now() + ctx.clock.toRealMs(readWait(input.wait) * 1000);
  const read = () => readOrRefuse(ctx, listener.hours, { eventType: input.eventType, hour });
  const isOver = () => performance.now() >= endMs || signal?.aborted === true || listener.closed;

  let reading = await read();
  if (!isReadyFor(reading, minCompleteness) && !isOver()) {
    const watch = listener.watch({ eventTypeId: reading.type.id, hour });
    try {
      // What was committed since the first look woke nobody.
      reading = await read();
      while (!isReadyFor(reading, minCompleteness) && !isOver()) {
        await watch.changed(Math.max(1, endMs - performance.now()), signal);
        reading = await read();
      }
    } finally {
      watch.release();
    }
  }
  return answerOnce(ctx, reading, minCompleteness);
}

async function readOrRefuse(ctx: Context, hours: HourReader, asked: AskedHour): Promise<HourReading> {
  try {
    return await hours.read({ ...asked, now: ctx.clock.now() });
  } catch (error) {
    // 404 would tell a sensor to wait for what never comes.
    if (error instanceof NotFound) throw new Invalid(error.message);
    throw error;
  }
}

const maxWaitSeconds = 60;

function readWait(text: string | undefined): number {
  if (text === undefined) return 0;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : parseDuration(text);
  if (seconds !== null && seconds <= maxWaitSeconds) return seconds;
  const detail = `wait "${text}" cannot be used. Write seconds from 0 to ${maxWaitSeconds}, like 30 or 30s, and ask again after a 404.`;
  throw new Invalid(detail, [{ parameter: "wait", detail }]);
}

function readMinCompleteness(text: string | number | undefined): number | null {
  if (text === undefined) return null;
  if (typeof text === "number") return text;
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (share >= 0 && share <= 1) return share;
  const detail = `minCompleteness "${text}" cannot be used. Write a share from 0 to 1, like 0.999.`;
  throw new Invalid(detail, [{ parameter: "minCompleteness", detail }]);
}
