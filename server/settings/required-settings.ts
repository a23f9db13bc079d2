import { readFile } from "node:fs/promises";
import { postgresHosts } from "#domain/postgres-hosts.ts";
import { type Config, ConfigError, takesFromKafka } from "#server/config.ts";
import { readDatabaseTls } from "./database-tls.ts";

/** A worker's database. The supervisor passes its own to the workers it starts. */
export function requireDatabaseUrl(config: Config): string {
  if (config.DATABASE_URL === null) {
    throw new ConfigError(
      "DATABASE_URL is not set: set it to run this process by itself, or start everything with `npm start`.",
    );
  }
  requireTls(config.DATABASE_URL);
  return config.DATABASE_URL;
}

/** PostgreSQL's own address, whether a pooler is in front of it or not. */
export function requireDirectUrl(config: Config): string {
  const url = requireDatabaseUrl(config);
  if (config.DATABASE_DIRECT_URL === null) return url;
  requireTls(config.DATABASE_DIRECT_URL);
  return config.DATABASE_DIRECT_URL;
}

function requireTls(url: string): void {
  try {
    for (const host of postgresHosts(url) ?? []) readDatabaseTls(host);
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
}

export function requirePubsub(config: Config) {
  if (config.PUBSUB_PROJECT_ID === null) {
    throw new ConfigError("PUBSUB_PROJECT_ID is not set: without it there is no Pub/Sub to take events from.");
  }
  return {
    projectId: config.PUBSUB_PROJECT_ID,
    emulatorHost: config.PUBSUB_EMULATOR_HOST,
    topic: config.PUBSUB_TOPIC,
    subscriptions: config.PUBSUB_SUBSCRIPTION,
  };
}

/** Throws ConfigError if no events can be read, from a queue or another. */
export function requireQueue(config: Config): void {
  if (config.PUBSUB_PROJECT_ID !== null || takesFromKafka(config)) return;
  throw new ConfigError(
    "Neither PUBSUB_PROJECT_ID nor KAFKA_BROKERS is set: an ingest process has nothing to read. The web process accepts events over HTTP without one.",
  );
}

/** Reads the PEM files too. */
export async function requireKafka(config: Config) {
  if (config.KAFKA_BROKERS === null) {
    throw new ConfigError("KAFKA_BROKERS is not set: without it there is no Kafka to take events from.");
  }
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  const [ca, cert, key] = await Promise.all(
    (["KAFKA_TLS_CA", "KAFKA_TLS_CERT", "KAFKA_TLS_KEY"] as const).map((name) => readPem(name, config[name])),
  );
  return {
    brokers: config.KAFKA_BROKERS,
    topics: config.KAFKA_TOPIC,
    group: config.KAFKA_GROUP,
    sasl: mechanism === null || username === null || password === null ? null : { mechanism, username, password },
    tls: config.KAFKA_TLS === "no" ? null : { ca: ca ?? null, cert: cert ?? null, key: key ?? null },
  };
}

async function readPem(name: string, path: string | null): Promise<string | null> {
  if (path === null) return null;
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`${name}: the file "${path}" cannot be read (${error.code ?? error.message}).`);
  });
  if (!text.includes("-----BEGIN ")) throw new ConfigError(`${name}: the file "${path}" is not in PEM format.`);
  return text;
}
