import { setTimeout as sleep } from "node:timers/promises";
import type { ReceivedMessage, Receiver } from "#server/adapters/receiver.ts";
import type { Trouble } from "../trouble.ts";
import type { Backoff } from "./backoff.ts";
import type { IntakeState } from "./intake-state.ts";
import { type StreamLimits, watchStream } from "./watch-stream.ts";

export interface ReceiveDeps {
  /** Throws if the source cannot be reached. */
  open(handlers: { onMessage(message: ReceivedMessage): void; onError(error: Error): void }): Promise<Receiver>;
  /** Commits and answers a message. */
  take(message: ReceivedMessage): Promise<void>;
  state: IntakeState;
  backoff: Backoff;
  trouble: Trouble;
  limits: StreamLimits;
  /** Aborted when no more is to be received. */
  signal: AbortSignal;
}

/** A receiver of a frozen server does not close: its connection is left to end by itself. */
const closeLimitMs = 10_000;

/**
 * Receives from one subscription until the signal aborts. One receiver at a time, whatever fails and however often: a broken one is
 * closed before the next is opened.
 */
export async function receive(deps: ReceiveDeps): Promise<void> {
  const { state, backoff, trouble, signal } = deps;
  while (!signal.aborted) {
    const reason = await receiveOnce(deps).catch((error: Error) => error.message);
    if (signal.aborted) return;
    state.stands(reason);
    trouble.failed(new Error(reason), "opening a new connection");
    await backoff.pause();
  }
}

/** Until the receiver breaks; why it did. */
async function receiveOnce({ open, take, state, backoff, trouble, limits, signal }: ReceiveDeps): Promise<string> {
  const broken = Promise.withResolvers<string>();
  const over = new AbortController();
  const stopped = AbortSignal.any([signal, over.signal]);
  let held = 0;
  const hold = async (message: ReceivedMessage) => {
    held += 1;
    await take(message).finally(() => {
      held -= 1;
    });
  };
  const receiver = await open({
    onMessage(message) {
      state.heard();
      void hold(message);
    },
    onError: (error) => broken.resolve(error.message),
  });
  try {
    const found = await receiver.ask();
    if (found) void hold(found);
    state.heard();
    backoff.succeeded();
    trouble.passed();
    const isBusy = () => held > 0;
    return await Promise.race([
      broken.promise,
      watchStream({ receiver, state, limits, isBusy, onFound: (message) => void hold(message), signal: stopped }),
    ]);
  } finally {
    over.abort();
    const closing = receiver.close().catch(() => undefined);
    await Promise.race([closing, sleep(closeLimitMs, undefined, { ref: false })]);
  }
}
