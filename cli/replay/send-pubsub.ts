import { openPublisher, type PubsubSettings } from "#server/adapters/pubsub.ts";
import type { EventSender } from "./send-http.ts";

/** Publishes structured events; faults show up among Tidemark's rejected messages, not here. */
export async function pubsubSender(settings: PubsubSettings): Promise<EventSender> {
  const publisher = await openPublisher(settings);
  return {
    async send(events) {
      // The whole batch is published before the next is read: memory is bounded by one batch.
      await Promise.all(
        events.map(({ event }) =>
          publisher.publish(Buffer.from(JSON.stringify(event)), { "content-type": "application/cloudevents+json" }),
        ),
      );
      return [];
    },
    close: () => publisher.close(),
  };
}
