import type { CloudEvent } from "./messages.ts";

/** A way to the product. */
export interface Sender {
  /** Returns when all of them are taken: over HTTP they are committed, over Pub/Sub they are in the topic. */
  send(messages: Iterable<CloudEvent>): Promise<void>;
  close(): Promise<void>;
}
