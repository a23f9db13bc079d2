import { type Config, takesFromKafka } from "#server/config.ts";
import { requireKafka } from "#server/settings/required-settings.ts";
import { bad, type Finding, note, ok } from "./check.ts";

/** The brokers answer, and each topic exists. */
export async function checkKafka(config: Config): Promise<Finding[]> {
  if (config.KAFKA_BROKERS === null) {
    return [note("Kafka: KAFKA_BROKERS is not set; nothing is read from Kafka.")];
  }
  if (!takesFromKafka(config)) return [note("Kafka: KAFKA_INGEST is no; only sources ask the brokers.")];
  try {
    const { readKafkaTopics } = await import("#server/adapters/kafka.ts");
    const topics = await readKafkaTopics(await requireKafka(config));
    return topics.map(({ topic, partitions }) =>
      partitions > 0
        ? ok(`Kafka: the topic "${topic}" has ${partitions} ${partitions === 1 ? "partition" : "partitions"}.`)
        : bad(`Kafka: the topic "${topic}" has no partitions. Create it, or check KAFKA_TOPIC.`),
    );
  } catch (error) {
    return [bad((error as Error).message)];
  }
}
