import { type Context, requireScope } from "#server/access/index.ts";
import { Invalid, NotFound } from "#server/errors.ts";
import {
  type AwaitReadyInput,
  type AwaitReadyOptions,
  awaitReady,
  findEventType,
  type Readiness,
  readHourInput,
} from "#server/verdicts/index.ts";
import { figuresRead, givenBy } from "./figures-read.ts";
import type { GateReaders } from "./gate-readers.ts";
import { type ConsumerName, notRegistered } from "./read-consumer.ts";

export interface AwaitReadyForOptions extends AwaitReadyOptions {
  input: AwaitReadyInput & {
    /** Who asks; omitted: anonymous. */
    consumer?: string | undefined;
  };
  readers: GateReaders;
}

/**
 * The gate for a named consumer: its own threshold applies unless the request has another. That it was answered "ready"
 * is committed before the answer is sent, so an amendment knows who read the hour.
 */
export async function awaitReadyFor({ readers, ...options }: AwaitReadyForOptions): Promise<Readiness> {
  const { ctx, input } = options;
  if (input.consumer === undefined) return awaitReady(options);
  requireScope(ctx, "read");
  const hour = readHourInput(input.hour, "hour");
  const name = { eventType: input.eventType, consumer: input.consumer };
  const reader = await readers.find(name);
  if (!reader) throw await refuse(ctx, name);
  const minCompleteness = input.minCompleteness ?? reader.minCompleteness ?? undefined;
  const readiness = await awaitReady({ ...options, input: { ...input, minCompleteness } });
  if (!readiness.ready) return readiness;
  const { verdict } = readiness;
  const { revision } = verdict;
  const figures = figuresRead(givenBy(verdict), reader, input.minCompleteness !== undefined);
  await readers.note({ reader, hour, revision, figures, readAt: ctx.clock.now(), askedBy: ctx.actor });
  return readiness;
}

/** On 404 a sensor would wait for what never comes. */
async function refuse(ctx: Context, name: ConsumerName): Promise<Invalid> {
  const unknownType = await findEventType(ctx.database.sql, name.eventType).then(
    () => null,
    (error: unknown) => error,
  );
  if (unknownType instanceof NotFound) return new Invalid(unknownType.message);
  if (unknownType) throw unknownType;
  const detail = notRegistered(name).message;
  return new Invalid(detail, [{ parameter: "consumer", detail }]);
}
