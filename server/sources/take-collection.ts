import { parseEvent } from "#domain/protocol.ts";
import { type Collection, checkCollection, type SourceEvent } from "#domain/source.ts";
import type { Context } from "#server/access/index.ts";
import { isDataError } from "#server/db/database-errors.ts";
import { type BatchWriter, type Entry, TooManyNewNames } from "#server/facts/index.ts";
import { recordCollection } from "./record-collection.ts";

export interface TakeCollectionInput {
  readonly source: string;
  readonly collection: Collection;
  readonly startedAt: Date;
}

/**
 * Commits a collection's facts as any reporter's events, then what was read. In this order: after a crash between the two, the same
 * points give the same events, which count once. What is refused is a problem of the source, and the rest is taken.
 */
export async function takeCollection({
  ctx,
  input: { source, startedAt, ...input },
  writer,
}: {
  ctx: Context;
  input: TakeCollectionInput;
  writer: Pick<BatchWriter, "write" | "findFaults">;
}): Promise<void> {
  const now = ctx.clock.now();
  const collection = checkCollection(input.collection, now);
  const refused: string[] = [];
  const messages = collection.events.flatMap((event) => {
    const parsed = parseEvent(toCloudEvent(source, event), now);
    if (parsed.ok) return parsed.message;
    refused.push(...parsed.faults.map((fault) => sayRefused(event, fault)));
    return [];
  });
  const faults = await writer.findFaults(messages);
  const kept = messages.filter((message, index) => {
    const found = faults[index] ?? [];
    refused.push(...found.map((fault) => `${message.id}: ${fault.pointer} ${fault.detail}.`));
    return found.length === 0;
  });
  const written = await Promise.all(
    kept.map(async (message) => {
      const entry: Entry = { messages: [message], rejected: [] };
      try {
        await writer.write(entry);
        return [message];
      } catch (error) {
        if (!(error instanceof TooManyNewNames) && !isDataError(error)) throw error;
        refused.push(`${message.id}: ${(error as Error).message}`);
        return [];
      }
    }),
  );
  const problems = [...collection.problems, ...refused];
  const record = { source, collection, facts: written.flat(), problems };
  await recordCollection(ctx.database, { ...record, startedAt, endedAt: ctx.clock.now() });
}

function toCloudEvent(source: string, { type, id, time, data }: SourceEvent) {
  return { specversion: "1.0", type, source: `tidemark/source/${source}`, id, time: time.toISOString(), data };
}

function sayRefused({ id }: SourceEvent, { pointer, detail }: { pointer: string; detail: string }): string {
  return `${id}: ${pointer || "the event"} ${detail}.`;
}
