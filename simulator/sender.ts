import type { CloudEvent } from "./messages.ts";

/** A transport to the product. */
export interface Sender {
  /** Returns once all are accepted: over HTTP they are committed, over Pub/Sub they are in the topic. */
  send(messages: Iterable<CloudEvent>): Promise<void>;
  close(): Promise<void>;
}
