import type { Clock } from "#domain/clock.ts";
import { type Fault, type Message, parseQueueMessage } from "#domain/protocol.ts";
import type { ReceivedMessage } from "#server/adapters/receiver.ts";
import { isDataError } from "#server/db/database-errors.ts";
import { type BatchWriter, type Entry, type RejectedInput, TooManyNewNames } from "#server/facts/index.ts";
import type { Trouble } from "../trouble.ts";
import type { Backoff } from "./backoff.ts";

export interface IngestDeps {
  writer: BatchWriter;
  clock: Clock;
  backoff: Backoff;
  trouble: Trouble;
  /** Acknowledgements that Pub/Sub refused. */
  refusals: Trouble;
  /** Aborted when the worker stops: what is not committed by then is nacked. */
  signal: AbortSignal;
}

/**
 * Takes one message of a queue: acknowledged after its content, or its rejection, is committed. While the database is away
 * the message is held and retried; if the worker stops first, it goes back to the queue.
 */
export async function ingestMessage(message: ReceivedMessage, deps: IngestDeps): Promise<void> {
  const outcome = await commit(message, deps);
  if (outcome === "stopped") return message.nack();
  // With exactly-once delivery Pub/Sub refuses what comes after the lease. The message comes again.
  await message.ack().catch((error: unknown) => {
    deps.refusals.failed(error, "the messages come again, and merging them again changes nothing");
  });
}

/** A message's content, or why it is rejected. */
type Said = { message: Message } | { faults: readonly Fault[] };

async function commit(message: ReceivedMessage, deps: IngestDeps): Promise<"committed" | "stopped"> {
  let current: Said | null = null;
  while (!deps.signal.aborted) {
    try {
      current ??= await read(message, deps);
      await deps.writer.write(await entryOf(current, message, deps.writer));
      deps.backoff.succeeded();
      deps.trouble.passed();
      return "committed";
    } catch (error) {
      if (current && "message" in current) {
        const faults = faultsOf(error);
        if (faults) {
          current = { faults };
          continue;
        }
      }
      deps.trouble.failed(error, "holding the messages and retrying");
      await deps.backoff.pause();
    }
  }
  return "stopped";
}

/** Read again at each attempt while this machine's clock is wrong. */
async function read(message: ReceivedMessage, { clock, writer }: IngestDeps): Promise<Said> {
  if (message.fault !== undefined) return { faults: [{ pointer: "", detail: message.fault }] };
  const parsed = parseQueueMessage(message, clock.now());
  if (parsed.ok) return { message: parsed.message };
  await writer.requireClock(parsed.faults);
  return { faults: parsed.faults };
}

async function entryOf(said: Said, message: ReceivedMessage, writer: BatchWriter): Promise<Entry> {
  if ("faults" in said) return { messages: [], rejected: [rejection(message, said.faults)] };
  const [faults = []] = await writer.findFaults([said.message]);
  if (faults.length > 0) return { messages: [], rejected: [rejection(message, faults)] };
  return { messages: [said.message], rejected: [] };
}

/** The fault of the message itself, which a retry cannot change; null for any other failure. */
function faultsOf(error: unknown): readonly Fault[] | null {
  // Stored, so that it can be submitted again in another hour: nacked, Pub/Sub would redeliver it without end.
  if (error instanceof TooManyNewNames) return error.faults;
  if (!isDataError(error)) return null;
  return [{ pointer: "", detail: `has a value that the database cannot store: ${(error as Error).message}` }];
}

function rejection(message: ReceivedMessage, faults: readonly Fault[]): RejectedInput {
  return {
    source: message.via,
    messageId: message.id,
    attributes: attributesOf(message),
    payload: message.data,
    faults: [...faults],
  };
}

/** With the delivery attempt, under the name that Pub/Sub's own clients give it. */
function attributesOf({ attributes, deliveryAttempt }: ReceivedMessage): Record<string, string> {
  return deliveryAttempt === null ? attributes : { ...attributes, googclient_deliveryattempt: String(deliveryAttempt) };
}
