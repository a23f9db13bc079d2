import { defaultTolerance } from "#domain/catalogue.ts";
import { formatHour } from "#domain/hour.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Database } from "#server/db/database.ts";
import { gatherQuestions } from "#server/db/gather-questions.ts";
import { Invalid } from "#server/errors.ts";
import {
  answerRange,
  findEventTypes,
  type GatedType,
  type HourRange,
  holdUntil,
  type RangeAnswer,
  type RangeInput,
  type RangeQuestion,
  type RangeReading,
  readMinCompleteness,
  readRange,
  readRangeInput,
  readWait,
  type VerdictListener,
} from "#server/verdicts/index.ts";
import { figuresRead } from "./figures-read.ts";
import type { GateReader, GateReaders, Reading } from "./gate-readers.ts";
import { notRegistered } from "./read-consumer.ts";

export interface AwaitRangeInput extends RangeInput {
  minCompleteness?: string | undefined;
  /** As registered for every one of the types; omitted: anonymous. */
  consumer?: string | undefined;
  wait?: string | undefined;
}

export interface AwaitRangeOptions {
  ctx: Context;
  input: AwaitRangeInput;
  listener: VerdictListener;
  readers: GateReaders;
  ranges: RangeReader;
  signal?: AbortSignal;
}

/** Shares one read of a range among equal requests. One per process. */
export type RangeReader = (question: RangeQuestion) => Promise<RangeReading>;

export function openRangeReader({ sql }: Database): RangeReader {
  return gatherQuestions(
    ({ types, from, to }: RangeQuestion) =>
      JSON.stringify([types.map(({ type, terms }) => [type.id, terms.minCompleteness]), from, to]),
    async (questions) => {
      const readings: RangeReading[] = [];
      for (const question of questions) readings.push(await readRange(sql, question));
      return readings;
    },
  );
}

/**
 * The gate for several types and hours: ready when every hour of all types is. Holds the request like the single-hour gate.
 * Throws Invalid where waiting cannot help: an unknown type, an hour outside a type's active range, an unregistered consumer.
 */
export async function awaitRangeFor(options: AwaitRangeOptions): Promise<RangeAnswer> {
  const { ctx, input, listener, readers, ranges, signal } = options;
  requireScope(ctx, "read");
  const range = readRangeInput(input);
  const given = readMinCompleteness(input.minCompleteness);
  const endMs = performance.now() + ctx.clock.toRealMs(readWait(input.wait) * 1000);
  const types = await findEventTypes(ctx.database.sql, range.eventTypes);
  requireActiveRange(types, range);
  const asking = input.consumer === undefined ? null : await findReaders(readers, types, input.consumer);
  const asked = types.map((type, index) => {
    const minCompleteness = given ?? asking?.[index]?.minCompleteness ?? null;
    return { type, terms: { minCompleteness, maxDuplicated: type.maxDuplicated ?? defaultTolerance } };
  });
  const { from, to } = range;
  const reading = await holdUntil({
    listener,
    endMs,
    signal,
    read: () => ranges({ types: asked, from, to, now: ctx.clock.now() }),
    // Any hour that is not ready blocks the range. The last one is likely to be ready last.
    waitsFor: ({ notReady }) => notReady.at(-1) ?? null,
  });
  const answer = await answerRange({ ctx, range, reading });
  if (answer.ready && asking) await readers.noteAll(readingsOf(ctx, reading, asking, given !== null));
  return answer;
}

/** On 404 a sensor would wait for what never comes. */
function requireActiveRange(types: readonly GatedType[], { from, to }: HourRange): void {
  const faults = types
    .filter(({ activeFrom, activeTo }) => from < activeFrom || (activeTo !== null && to > activeTo))
    .map(({ name, activeFrom, activeTo }) => {
      const range = activeTo
        ? `${formatHour(activeFrom)} up to, not including, ${formatHour(activeTo)}`
        : `${formatHour(activeFrom)} on`;
      const detail = `${name} has no verdict for some of these hours. It is active from ${range}. Choose hours in that range.`;
      return { parameter: "eventTypes", detail };
    });
  if (faults.length > 0) throw new Invalid(faults.map(({ detail }) => detail).join(" "), faults);
}

async function findReaders(readers: GateReaders, types: readonly GatedType[], consumer: string): Promise<GateReader[]> {
  const found = await Promise.all(types.map(({ name }) => readers.find({ eventType: name, consumer })));
  const faults = types
    .filter((_, index) => !found[index])
    .map(({ name }) => ({ parameter: "consumer", detail: notRegistered({ eventType: name, consumer }).message }));
  if (faults.length > 0) throw new Invalid(faults.map(({ detail }) => detail).join(" "), faults);
  return found.filter((reader) => reader !== null);
}

function readingsOf(
  ctx: Context,
  { hours }: RangeReading,
  asking: readonly GateReader[],
  otherThreshold: boolean,
): Reading[] {
  const byType = new Map(asking.map((reader) => [reader.eventTypeId, reader]));
  const readAt = ctx.clock.now();
  return hours.flatMap((each) => {
    const reader = byType.get(each.eventTypeId);
    if (!reader) return [];
    const { hour, revision } = each;
    const figures = figuresRead(each, reader, otherThreshold);
    return [{ reader, hour, revision, figures, readAt, askedBy: ctx.actor }];
  });
}
