import type { Clock } from "#domain/clock.ts";
import { parsePubsubMessage } from "#domain/protocol.ts";
import type { ReceivedMessage } from "#server/adapters/pubsub.ts";
import { isDataError } from "#server/db/database-errors.ts";
import type { BatchWriter, Entry } from "#server/ingest/batch-writer.ts";
import type { RejectedInput } from "#server/ingest/write-rejected.ts";
import type { Trouble } from "../trouble.ts";
import type { Backoff } from "./backoff.ts";

export interface IngestDeps {
  writer: BatchWriter;
  clock: Clock;
  backoff: Backoff;
  trouble: Trouble;
  /** Aborted when the worker stops: what is not committed by then is given back. */
  signal: AbortSignal;
}

/**
 * Takes one Pub/Sub message: acknowledged after what it says, or that it was rejected, is committed. While the database is
 * away the message is held and tried again; when the worker stops first, it goes back to Pub/Sub.
 */
export async function ingestMessage(message: ReceivedMessage, deps: IngestDeps): Promise<void> {
  const parsed = parsePubsubMessage(message, deps.clock.now());
  const faults = parsed.ok ? deps.writer.findOutlived(parsed.message) : parsed.faults;
  const entry: Entry =
    parsed.ok && faults.length === 0
      ? { messages: [parsed.message], rejected: [] }
      : { messages: [], rejected: [rejection(message, faults)] };
  const outcome = await commit(entry, message, deps);
  if (outcome === "committed") message.ack();
  else message.nack();
}

async function commit(entry: Entry, message: ReceivedMessage, deps: IngestDeps): Promise<"committed" | "stopped"> {
  let current = entry;
  while (!deps.signal.aborted) {
    try {
      await deps.writer.write(current);
      deps.backoff.succeeded();
      deps.trouble.passed();
      return "committed";
    } catch (error) {
      if (isDataError(error) && current.messages.length > 0) {
        const detail = `must hold values the database can store; it answered: ${(error as Error).message}`;
        current = { messages: [], rejected: [rejection(message, [{ pointer: "", detail }])] };
        continue;
      }
      deps.trouble.failed(error, "the messages are held and tried again");
      await deps.backoff.pause();
    }
  }
  return "stopped";
}

function rejection(message: ReceivedMessage, faults: RejectedInput["faults"]): RejectedInput {
  return {
    source: "pubsub",
    messageId: message.id,
    attributes: message.attributes,
    payload: message.data,
    faults,
  };
}
