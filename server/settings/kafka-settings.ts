import { z } from "zod";
import { setting } from "./setting-notes.ts";
import { matching, optional, readAs } from "./setting-readers.ts";

const mostNames = 32;
const topicName = /^[\w.-]{1,249}$/;

/** `a,b`, each once. */
const listOf = (pattern: RegExp) => (text: string) => {
  const names = text.split(",").map((each) => each.trim());
  const isValid = names.every((name) => pattern.test(name)) && new Set(names).size === names.length;
  return isValid && names.length <= mostNames ? names : undefined;
};

const path = optional(matching(/^\S(.*\S)?$/));

/** Kafka, from which events may be read too. */
export const kafkaSettings = {
  KAFKA_BROKERS: setting(optional(listOf(/^([\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}$/)), {
    description:
      "Kafka brokers to begin with; the cluster names the others. Events are read from KAFKA_TOPIC, and sources of kind `kafka` are read from here.",
    expected: "at most 32 hosts with ports separated by commas such as kafka-1:9092,kafka-2:9092",
    unset: "nothing is read from Kafka",
  }),
  KAFKA_INGEST: setting(z.enum(["yes", "no"]).default("yes"), {
    description:
      "Whether events are read from KAFKA_TOPIC. With `no` the brokers are only asked how far the consumer groups of [sources](sources.md#kafka) are.",
    expected: "yes or no",
    unset: "yes",
  }),
  KAFKA_TOPIC: setting(readAs(listOf(topicName)).default(["tidemark-events"]), {
    description:
      "The topics that events are read from: CloudEvents by the Kafka binding, structured or binary. `npx tidemark replay --via kafka` publishes to the first.",
    expected: "at most 32 names separated by commas, each once",
    unset: "tidemark-events",
  }),
  KAFKA_GROUP: setting(readAs(matching(/^[\w.:-]{1,249}$/)).default("tidemark-ingest"), {
    description: "The consumer group, in which the ingest workers divide the partitions among them.",
    expected: "a name such as tidemark-ingest",
    unset: "tidemark-ingest",
  }),
  KAFKA_SASL_MECHANISM: setting(z.enum(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]).nullable().default(null), {
    description: "How Tidemark authenticates to the brokers.",
    expected: "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512",
    unset: "it does not, unless KAFKA_TLS_CERT authenticates it",
  }),
  KAFKA_SASL_USERNAME: setting(optional(matching(/^[^\0]{1,255}$/)), {
    description: "The user name for KAFKA_SASL_MECHANISM.",
    expected: "at most 255 characters",
    unset: "required if KAFKA_SASL_MECHANISM is set",
  }),
  KAFKA_SASL_PASSWORD: setting(optional(matching(/^[^\0]{1,1024}$/)), {
    description: "The password for KAFKA_SASL_MECHANISM.",
    expected: "at most 1,024 characters",
    unset: "required if KAFKA_SASL_MECHANISM is set",
    secret: true,
  }),
  KAFKA_TLS: setting(z.enum(["yes", "no"]).default("no"), {
    description:
      "Whether the brokers are reached over TLS. Without it PLAIN is refused, except on a loopback address: it sends the password readable.",
    expected: "yes or no",
    unset: "no",
  }),
  KAFKA_TLS_CA: setting(path, {
    description: "The certificate authorities that sign the brokers' certificates.",
    expected: "the path of a PEM file",
    unset: "those that Node trusts",
  }),
  KAFKA_TLS_CERT: setting(path, {
    description: "The certificate that authenticates Tidemark to the brokers.",
    expected: "the path of a PEM file",
    unset: "none",
  }),
  KAFKA_TLS_KEY: setting(path, {
    description: "The key of KAFKA_TLS_CERT.",
    expected: "the path of a PEM file that only Tidemark can read",
    unset: "required if KAFKA_TLS_CERT is set",
  }),
};
