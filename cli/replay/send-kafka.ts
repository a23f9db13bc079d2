import { type KafkaSettings, openKafkaPublisher } from "#server/adapters/kafka.ts";
import type { EventSender } from "./send-http.ts";

/** Publishes structured events; faults show up among Tidemark's rejected messages, not here. */
export function kafkaSender(settings: KafkaSettings): EventSender {
  const publisher = openKafkaPublisher(settings);
  const headers = { "content-type": "application/cloudevents+json" };
  return {
    async send(events) {
      await publisher.publish(events.map(({ event }) => ({ value: Buffer.from(JSON.stringify(event)), headers })));
      return [];
    },
    close: () => publisher.close(),
  };
}
