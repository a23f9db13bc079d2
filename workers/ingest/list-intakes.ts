import { fullName } from "#domain/pubsub-names.ts";
import { type Config, takesFromKafka } from "#server/config.ts";
import { requireKafka, requirePubsub } from "#server/settings/required-settings.ts";
import { IntakeState } from "./intake-state.ts";
import type { ReceiveDeps } from "./receive.ts";

export interface Intake {
  state: IntakeState;
  open: ReceiveDeps["open"];
}

interface Limits {
  maxMessages: number;
  maxBytes: number;
}

/** Everything that events are taken from, each with its share of the memory. A client is loaded only if it has something to read: each is some 50 MB. */
export async function listIntakes(config: Config, limits: Limits): Promise<Intake[]> {
  const pubsub = config.PUBSUB_PROJECT_ID === null ? null : requirePubsub(config);
  const kafka = takesFromKafka(config) ? await requireKafka(config) : null;
  const share = (pubsub?.subscriptions.length ?? 0) + (kafka === null ? 0 : 1);
  const maxMessages = Math.ceil(limits.maxMessages / share);
  const maxBytes = Math.ceil(limits.maxBytes / share);
  const intakes: Intake[] = [];
  if (pubsub) {
    const { openReceiver } = await import("#server/adapters/pubsub-receiver.ts");
    for (const subscription of pubsub.subscriptions) {
      const name = fullName("subscriptions", subscription.name, pubsub.projectId);
      intakes.push({
        state: new IntakeState(`Pub/Sub subscription ${name}`),
        open: (handlers) => openReceiver(pubsub, { subscription, maxMessages, maxBytes, ...handlers }),
      });
    }
  }
  if (kafka) {
    const { openKafkaReceiver } = await import("#server/adapters/kafka-receiver.ts");
    const topics = `Kafka ${kafka.topics.length === 1 ? "topic" : "topics"} ${kafka.topics.join(", ")}`;
    intakes.push({
      state: new IntakeState(topics),
      open: (handlers) => openKafkaReceiver(kafka, { maxMessages, maxBytes, ...handlers }),
    });
  }
  return intakes;
}
