/** One message of a queue, to be acknowledged once its content is committed. */
export interface ReceivedMessage {
  via: "pubsub" | "kafka";
  id: string;
  data: Uint8Array;
  /** Kafka's headers too. */
  attributes: Record<string, string>;
  /** Why it can be no event, known before it is parsed. */
  fault?: string;
  /** How often it was delivered, this time included; null: the queue does not count. */
  deliveryAttempt: number | null;
  /** Rejects where the queue refused it: the message comes again. */
  ack(): Promise<void>;
  /** Requests redelivery. */
  nack(): void;
}

/** A stream of messages from one intake. */
export interface Receiver {
  /**
   * Asks beside the stream for one message: null, none is waiting. A stream that delivers none of what is found here is dead.
   * Throws if the queue does not answer within ten seconds.
   */
  ask(): Promise<ReceivedMessage | null>;
  /** Stops receiving, waits some seconds for messages in progress to be answered, returns the others, and ends. */
  close(): Promise<void>;
}
