import { z } from "zod";
import type { SettingJson } from "#domain/api/settings.ts";
import { isSecretName } from "#domain/channel.ts";
import { type EgressRules, everywhere, listsHost, publicOnly } from "#domain/egress.ts";
import { kafkaSettings } from "#server/settings/kafka-settings.ts";
import { lineageSettings } from "#server/settings/lineage-settings.ts";
import { isLoopback, reachFromElsewhere } from "#server/settings/loopback.ts";
import { pickEnvironment, rowOf } from "#server/settings/process-environment.ts";
import { processSettings } from "#server/settings/process-settings.ts";
import type { SettingNotes } from "#server/settings/setting-notes.ts";
import { signInSettings } from "#server/settings/sign-in-settings.ts";
import { storageSettings } from "#server/settings/storage-settings.ts";
import { tracingSettings } from "#server/settings/tracing-settings.ts";
import { findUnknownSettings, isServiceLink } from "#server/settings/unknown-settings.ts";
import { webSettings } from "#server/settings/web-settings.ts";
import { workerSettings } from "#server/settings/worker-settings.ts";

/** All settings, in the order of the documentation. */
export const settings = z.object({
  ...webSettings,
  ...signInSettings,
  ...storageSettings,
  ...workerSettings,
  ...kafkaSettings,
  ...processSettings,
  ...tracingSettings,
  ...lineageSettings,
});

/** All settings, parsed and validated. Durations are seconds; null if unset without a default. */
export type Config = z.infer<typeof settings>;
export type SettingName = keyof Config;
export type DrillClock = NonNullable<Config["TIDEMARK_CLOCK"]>;

/** An invalid setting, in one sentence for the operator. */
export class ConfigError extends Error {}

/**
 * Reads the settings; an empty one counts as unset, and `defaults` apply to unset ones. Throws ConfigError for the
 * first invalid one.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  defaults: Readonly<Partial<Record<SettingName, string>>> = {},
): Config {
  const names = Object.keys(settings.shape) as SettingName[];
  const given = Object.fromEntries(
    names
      .map((name) => [name, textOf(env, name) || defaults[name]] as const)
      .filter(([, value]) => value !== undefined),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw refusal(parsed.error.issues[0]?.path[0] as SettingName, given);
  if (parsed.data.PUBSUB_EMULATOR_HOST !== null && parsed.data.PUBSUB_PROJECT_ID === null) {
    throw new ConfigError(
      "PUBSUB_EMULATOR_HOST is set and PUBSUB_PROJECT_ID is not. Set both (the emulator accepts any project id), or neither.",
    );
  }
  if (parsed.data.TIDEMARK_ENCRYPTION_KEYS_OLD.length > 0 && parsed.data.TIDEMARK_ENCRYPTION_KEY === null) {
    throw new ConfigError(
      "TIDEMARK_ENCRYPTION_KEYS_OLD is set and TIDEMARK_ENCRYPTION_KEY is not: new secrets would be stored as plain text. Set the current key too.",
    );
  }
  if (parsed.data.TIDEMARK_DATABASE_DISTRIBUTED !== null && parsed.data.DATABASE_URL === null) {
    throw new ConfigError(
      "TIDEMARK_DATABASE_DISTRIBUTED is set and DATABASE_URL is not: the embedded PostgreSQL is one server. Set DATABASE_URL to the Citus coordinator.",
    );
  }
  if (parsed.data.DATABASE_DIRECT_URL !== null && parsed.data.DATABASE_URL === null) {
    throw new ConfigError(
      "DATABASE_DIRECT_URL is set and DATABASE_URL is not. Set DATABASE_URL to the PgBouncer in front of it, or to the same address.",
    );
  }
  requireWholeProvider(parsed.data);
  requireSafeAuditWebhook(parsed.data);
  requireWholeKafka(parsed.data);
  return parsed.data;
}

/** Throws ConfigError if a variable was meant as a setting and is none. For processes; other programs' hosts may hold variables of theirs. */
export function requireKnownSettings(env: Readonly<Record<string, string | undefined>> = process.env): void {
  const unknown = findUnknownSettings(env, Object.keys(settings.shape));
  if (unknown.length > 0) throw new ConfigError(unknown.join("\n"));
}

/** A service's variable that Kubernetes injects may have a setting's name: it sets nothing. */
function textOf(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = env[name]?.trim();
  return value !== undefined && isServiceLink(name, value) && value.includes("://") ? undefined : value;
}

/** A provider that is half set would leave people before a closed door: it stops the start. */
function requireWholeProvider(config: Config): void {
  const names = Object.keys(signInSettings) as (keyof typeof signInSettings)[];
  const required = ["TIDEMARK_OIDC_ISSUER", "TIDEMARK_OIDC_CLIENT_ID", "TIDEMARK_OIDC_CLIENT_SECRET"] as const;
  const set = names.find((name) => config[name] !== null);
  const missing = required.filter((name) => config[name] === null);
  if (set === undefined || missing.length === 0) return;
  throw new ConfigError(
    `${set} is set and ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not. People can sign in with a provider once all three are set: ${required.join(", ")}.`,
  );
}

/** Entries hold addresses of people: unsigned or readable on the way they are sent nowhere. */
function requireSafeAuditWebhook(config: Config): void {
  const { TIDEMARK_AUDIT_WEBHOOK: text, TIDEMARK_SECRET_AUDIT_WEBHOOK: secret } = config;
  if (text === null && secret === null) return;
  if (text === null) {
    throw new ConfigError(
      "TIDEMARK_SECRET_AUDIT_WEBHOOK is set and TIDEMARK_AUDIT_WEBHOOK is not. Set both, or neither.",
    );
  }
  if (secret === null) {
    throw new ConfigError(
      "TIDEMARK_AUDIT_WEBHOOK is set and TIDEMARK_SECRET_AUDIT_WEBHOOK is not. Make one with `echo whsec_$(openssl rand -base64 32)` and give it to the receiver too.",
    );
  }
  const { protocol, hostname } = new URL(text);
  if (protocol === "https:" || isLoopback(hostname)) return;
  if (config.TIDEMARK_EGRESS && listsHost(config.TIDEMARK_EGRESS, hostname)) return;
  throw new ConfigError(
    "TIDEMARK_AUDIT_WEBHOOK begins with http://, and others could read the entries on their way. Use https, or list its host by name in TIDEMARK_EGRESS.",
  );
}

function requireWholeKafka(config: Config): void {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  const given = [mechanism, username, password].filter((each) => each !== null);
  if (given.length > 0 && given.length < 3) {
    throw new ConfigError(
      "KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are set in part. Set all three, or none.",
    );
  }
  const { KAFKA_TLS: tls, KAFKA_TLS_CA: ca, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key } = config;
  if ((cert === null) !== (key === null)) {
    throw new ConfigError("Of KAFKA_TLS_CERT and KAFKA_TLS_KEY one is set. Set both, or neither.");
  }
  if (tls === "no" && (ca !== null || cert !== null)) {
    throw new ConfigError("KAFKA_TLS_CA or KAFKA_TLS_CERT is set and KAFKA_TLS is not `yes`: they would not be used.");
  }
  const isElsewhere = config.KAFKA_BROKERS?.some((broker) => !isLoopback(broker.replace(/:\d+$/, "")));
  if (mechanism === "PLAIN" && tls === "no" && isElsewhere) {
    throw new ConfigError(
      "KAFKA_SASL_MECHANISM is PLAIN and KAFKA_TLS is `no`: others could read the password on its way. Set KAFKA_TLS to `yes`, or use SCRAM.",
    );
  }
}

export function notesOf(name: SettingName): SettingNotes {
  return settings.shape[name].meta() as unknown as SettingNotes;
}

/** For operators: which of the web process's settings are set, without the values of secrets. */
export function listSettings(env: Readonly<Record<string, string | undefined>> = process.env): SettingJson[] {
  const { reads } = rowOf("web");
  const names = (Object.keys(settings.shape) as SettingName[]).filter((name) => reads.includes(name));
  return names.map((name) => {
    const { secret, unset } = notesOf(name);
    const value = textOf(env, name) || null;
    return { name, isSet: value !== null, value: secret ? null : value, default: unset };
  });
}

/**
 * The secret that a channel names as {env: TIDEMARK_SECRET_…}; null if unset. Nothing else of the environment: writers of channels
 * must not be able to send themselves the admin token or the machine's cloud keys.
 */
export function readSecret(name: string): string | null {
  if (!isSecretName(name)) return null;
  return process.env[name]?.trim() || null;
}

/** Base URL of links in notifications. */
export function publicUrlOf(config: Config): string {
  const host = config.HOST === "0.0.0.0" || config.HOST === "::" ? "127.0.0.1" : config.HOST;
  return config.TIDEMARK_PUBLIC_URL ?? `http://${host.includes(":") ? `[${host}]` : host}:${config.PORT}`;
}

/** Whether events are taken from Kafka; its brokers may be set only to be watched. */
export function takesFromKafka({ KAFKA_BROKERS: brokers, KAFKA_INGEST: ingest }: Config): boolean {
  return brokers !== null && ingest === "yes";
}

/** The current one first; none: secrets are stored as plain text. */
export function encryptionKeysOf({ TIDEMARK_ENCRYPTION_KEY: current, TIDEMARK_ENCRYPTION_KEYS_OLD: old }: Config) {
  return current === null ? [] : [current, ...old];
}

/** Where Tidemark may send: on a machine of one's own anywhere, once others can reach it only public addresses. */
export function egressOf(config: Config): EgressRules {
  return config.TIDEMARK_EGRESS ?? (reachFromElsewhere(config) === null ? everywhere : publicOnly);
}

/** Started by an npm script rather than a plain `node …`: npm sets this variable. */
export function isStartedByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined;
}

/** This process's environment with changes, for a child process: null removes a variable. */
export function childEnvironment(changes: Record<string, string | null>): NodeJS.ProcessEnv {
  const merged: Record<string, string | null | undefined> = { ...process.env, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as NodeJS.ProcessEnv;
}

/** What every program needs, and no setting: for programs that read none. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return pickEnvironment(process.env, { reads: [] });
}

function refusal(name: SettingName, given: Partial<Record<SettingName, string>>): ConfigError {
  const { expected, secret } = notesOf(name);
  const found = secret ? "invalid (not shown, it is a secret)" : `"${given[name]}"`;
  return new ConfigError(`${name} is ${found}: expected ${expected}.`);
}
