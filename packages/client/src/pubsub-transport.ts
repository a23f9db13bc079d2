import type { Transport } from "./transport.ts";

/** The part used of a topic from `@google-cloud/pubsub`, which stays the caller's own dependency. */
export interface PubsubTopic {
  publishMessage(message: { data: Buffer; attributes: Record<string, string> }): Promise<string>;
}

/**
 * One message per event, in structured mode, on the topic `tidemark-events`. The topic batches and retries by itself.
 */
export function pubsubTransport(topic: PubsubTopic): Transport {
  const attributes = { "content-type": "application/cloudevents+json" };
  return {
    async send(events) {
      await Promise.all(
        events.map((event) => topic.publishMessage({ data: Buffer.from(JSON.stringify(event)), attributes })),
      );
    },
    close: async () => undefined,
  };
}
