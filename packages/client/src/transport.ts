import type { CloudEvent } from "./messages.ts";

/** Delivers messages; settles once Tidemark, or Pub/Sub, has stored them. */
export interface Transport {
  /**
   * Throws Refused for what would be refused again, anything else for what is worth a retry. The signal aborts an attempt.
   */
  send(events: readonly CloudEvent[], signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** One fault found by Tidemark. */
export interface Fault {
  /** The index among the events sent; null: unknown. */
  event: number | null;
  /** RFC 6901 JSON pointer into that event; "" is the whole. */
  pointer: string;
  detail: string;
  /** The delay after which it may be accepted; null: never. */
  retryAfterMs: number | null;
}

export interface RefusedOptions {
  faults?: readonly Fault[];
  othersTaken?: boolean;
}

/** A resend would get the same answer. The message lists the faults. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly faults: readonly Fault[];
  /** Every event without a fault was accepted. */
  readonly othersTaken: boolean;

  constructor(message: string, { faults = [], othersTaken = false }: RefusedOptions = {}) {
    super(message);
    this.faults = faults;
    this.othersTaken = othersTaken;
  }
}

/** Not accepted now. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  /** The wait that the receiver asked for; null: none. */
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterMs = retryAfterMs;
  }
}
