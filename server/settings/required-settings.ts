import { type Config, ConfigError } from "#server/config.ts";

/** A worker's database. The supervisor passes its own to the workers it starts. */
export function requireDatabaseUrl(config: Config): string {
  if (config.DATABASE_URL === null) {
    throw new ConfigError(
      "DATABASE_URL is not set: set it to run this process by itself, or start everything with `npm start`.",
    );
  }
  return config.DATABASE_URL;
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
