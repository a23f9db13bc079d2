import type { CloudEvent } from "./messages.ts";

/** Hands messages over; settles when Tidemark, or Pub/Sub, has them for good. */
export interface Transport {
  /** Throws Refused for what will be refused again, anything else for what is worth another try. */
  send(events: readonly CloudEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** Sending the same again would be answered the same. The message lists what was found. */
export class Refused extends Error {
  override readonly name = "Refused";
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
