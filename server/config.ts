import { z } from "zod";
import { processSettings } from "#server/settings/process-settings.ts";
import type { SettingNotes } from "#server/settings/setting-notes.ts";
import { storageSettings } from "#server/settings/storage-settings.ts";
import { webSettings } from "#server/settings/web-settings.ts";
import { workerSettings } from "#server/settings/worker-settings.ts";

/** Every setting there is; the documentation lists them in this order. */
export const settings = z.object({ ...webSettings, ...storageSettings, ...workerSettings, ...processSettings });

/** Every setting, read and checked. Durations are seconds; null where nothing is set and nothing stands in for it. */
export type Config = z.infer<typeof settings>;
export type SettingName = keyof Config;
export type DrillClock = NonNullable<Config["TIDEMARK_CLOCK"]>;

/** A setting that cannot be used, in one sentence for whoever set it. */
export class ConfigError extends Error {}

/**
 * Reads the settings; an empty one counts as unset, and `defaults` stand in for unset ones. Throws ConfigError for the
 * first that cannot be used.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  defaults: Readonly<Partial<Record<SettingName, string>>> = {},
): Config {
  const names = Object.keys(settings.shape) as SettingName[];
  const given = Object.fromEntries(
    names
      .map((name) => [name, env[name]?.trim() || defaults[name]] as const)
      .filter(([, value]) => value !== undefined),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw refusal(parsed.error.issues[0]?.path[0] as SettingName, given);
  if (parsed.data.PUBSUB_EMULATOR_HOST !== null && parsed.data.PUBSUB_PROJECT_ID === null) {
    throw new ConfigError(
      "PUBSUB_EMULATOR_HOST is set and PUBSUB_PROJECT_ID is not: set both (any project id serves the emulator), or neither.",
    );
  }
  return parsed.data;
}

export function notesOf(name: SettingName): SettingNotes {
  return settings.shape[name].meta() as unknown as SettingNotes;
}

/**
 * The secret that a channel names as {env: NAME}; null where it is unset. Tidemark's own settings are nobody's to send
 * away: who may write channels must not learn the admin token or the database's password through one.
 */
export function readSecret(name: string): string | null {
  if (Object.hasOwn(settings.shape, name) || /^PG[A-Z]+$/.test(name)) return null;
  return process.env[name]?.trim() || null;
}

/** What links in notifications begin with. */
export function publicUrlOf(config: Config): string {
  const host = config.HOST === "0.0.0.0" || config.HOST === "::" ? "127.0.0.1" : config.HOST;
  return config.TIDEMARK_PUBLIC_URL ?? `http://${host.includes(":") ? `[${host}]` : host}:${config.PORT}`;
}

/** An npm script, as opposed to a plain `node …`: npm sets it for what it runs. */
export function isStartedByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined;
}

/** This process's environment with changes, for a child process: null takes a variable away. */
export function childEnvironment(changes: Record<string, string | null>): NodeJS.ProcessEnv {
  const merged: Record<string, string | null | undefined> = { ...process.env, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as NodeJS.ProcessEnv;
}

function refusal(name: SettingName, given: Partial<Record<SettingName, string>>): ConfigError {
  const { expected, secret } = notesOf(name);
  const found = secret ? "set to something that cannot be used (not shown, it is a secret)" : `"${given[name]}"`;
  return new ConfigError(`${name} is ${found}: expected ${expected}.`);
}
