import type { CloudEvent } from "./messages.ts";

/** Hands messages over; settles when Tidemark, or Pub/Sub, has them for good. */
export interface Transport {
  /** Throws Refused for what would be refused again, anything else for what is worth another try. The signal ends a try. */
  send(events: readonly CloudEvent[], signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** One thing that Tidemark found wrong. */
export interface Fault {
  /** Which of the events that were sent; null: it did not say. */
  event: number | null;
  /** RFC 6901 JSON pointer into that event; "" is the whole. */
  pointer: string;
  detail: string;
  /** After how long what it names may be taken; null: never. */
  retryAfterMs: number | null;
}

export interface RefusedOptions {
  faults?: readonly Fault[];
  othersTaken?: boolean;
}

/** Sending the same again would be answered the same. The message lists what was found. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly faults: readonly Fault[];
  /** Every event that no fault names was taken. */
  readonly othersTaken: boolean;

  constructor(message: string, { faults = [], othersTaken = false }: RefusedOptions = {}) {
    super(message);
    this.faults = faults;
    this.othersTaken = othersTaken;
  }
}

/** Nobody took it now. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  /** How long the receiver asked to be left alone; null: it did not say. */
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterMs = retryAfterMs;
  }
}
