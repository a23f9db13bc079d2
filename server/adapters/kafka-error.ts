/** What is wrong with Kafka, in a sentence that says what to do. */
export class KafkaError extends Error {}

interface Names {
  topics: readonly string[];
  group: string;
}

/** The client reports failures as trees: each broker's, each attempt's. */
export function explainKafka(error: unknown, { topics, group }: Names): KafkaError {
  const leaves = leavesOf(error);
  const ids = leaves.map(({ apiId }) => apiId);
  const names = topics.map((topic) => `"${topic}"`).join(", ");
  if (ids.includes("UNKNOWN_TOPIC_OR_PARTITION")) {
    return new KafkaError(`Kafka has no topic ${names}: create it, or check KAFKA_TOPIC.`);
  }
  if (ids.includes("TOPIC_AUTHORIZATION_FAILED")) {
    return new KafkaError(`Kafka denies access to the topic ${names}: allow this user to read and describe it.`);
  }
  if (ids.includes("GROUP_AUTHORIZATION_FAILED")) {
    return new KafkaError(`Kafka denies access to the consumer group "${group}": allow this user to read it.`);
  }
  if (leaves.some(({ code }) => code === "PLT_KFK_AUTHENTICATION") || ids.includes("SASL_AUTHENTICATION_FAILED")) {
    return new KafkaError("Kafka refused the credentials: check KAFKA_SASL_MECHANISM, _USERNAME and _PASSWORD.");
  }
  const messages = [...new Set(leaves.map(({ message }) => message).filter((message) => message !== ""))];
  const certificate = messages.find((message) => /certificate|altnames|SSL|TLS/i.test(message));
  if (certificate !== undefined) {
    return new KafkaError(`Kafka's TLS connection failed (${certificate}): check KAFKA_TLS and KAFKA_TLS_CA.`);
  }
  return new KafkaError(`Kafka is unreachable (${messages.slice(0, 3).join("; ") || "no reason was given"}).`);
}

interface Leaf {
  message: string;
  code?: string;
  apiId?: string;
}

function leavesOf(error: unknown, depth = 0): Leaf[] {
  const { errors, cause, message = "", code, apiId } = (error ?? {}) as Leaf & { errors?: unknown[]; cause?: unknown };
  const inner = [...(errors ?? []), ...(cause === undefined ? [] : [cause])];
  const own: Leaf = { message: inner.length > 0 ? "" : message, ...(code === undefined ? {} : { code }) };
  if (apiId !== undefined) own.apiId = apiId;
  // Bounded: what comes from outside may refer to itself.
  return depth > 8 ? [own] : [own, ...inner.slice(0, 50).flatMap((each) => leavesOf(each, depth + 1))];
}
