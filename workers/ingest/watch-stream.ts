import { setTimeout as sleep } from "node:timers/promises";
import type { ReceivedMessage, Receiver } from "#server/adapters/receiver.ts";
import type { IntakeState } from "./intake-state.ts";

export interface StreamLimits {
  lookEveryMs: number;
  /** A stream that delivered nothing for this long is asked beside. */
  quietMs: number;
}

/** A quiet subscription costs one pull in half a minute. */
export const streamLimits: StreamLimits = { lookEveryMs: 5_000, quietMs: 30_000 };

export interface StreamWatch {
  receiver: Pick<Receiver, "ask">;
  state: IntakeState;
  limits: StreamLimits;
  /** Messages are being committed: flow control may keep the stream silent, and says nothing of it. */
  isBusy(): boolean;
  /** A message found beside the stream is ingested like any other. */
  onFound(message: ReceivedMessage): void;
  signal: AbortSignal;
}

/**
 * Settles with the reason to open a stream again: twice in a row the queue did not answer, or twice in a row it had a message that
 * the silent stream did not deliver. Once may be chance: the message had only just arrived. A quiet subscription answers that it
 * has none, and is left alone.
 */
export async function watchStream(watch: StreamWatch): Promise<string> {
  const { receiver, state, limits, signal } = watch;
  const doubts = { unanswered: 0, undelivered: 0 };
  while (!signal.aborted) {
    await sleep(limits.lookEveryMs, undefined, { signal }).catch(() => undefined);
    const isDoubted = doubts.unanswered + doubts.undelivered > 0;
    if (signal.aborted || watch.isBusy() || (state.quietMs < limits.quietMs && !isDoubted)) continue;
    const before = state.count;
    try {
      const found = await receiver.ask();
      doubts.unanswered = 0;
      if (found) watch.onFound(found);
      if (found && state.count === before) doubts.undelivered += 1;
      else {
        doubts.undelivered = 0;
        state.heard();
      }
    } catch (error) {
      doubts.unanswered += 1;
      if (doubts.unanswered >= 2) return error instanceof Error ? error.message : String(error);
    }
    if (doubts.undelivered >= 2) return "its stream delivers none of the messages that wait";
  }
  return "stopped";
}
