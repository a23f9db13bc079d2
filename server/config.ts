import { z } from "zod";
import {
  count,
  matching,
  optional,
  readAs,
  readDrillClock,
  readHttpUrl,
  readPostgresUrl,
  seconds,
} from "./setting-readers.ts";

/** What a setting's schema says of itself: docs/configuration.md and every refusal are made from it. */
export interface SettingNotes {
  description: string;
  /** Follows "expected": "a port number from 1 to 65535". */
  expected: string;
  /** What an unset one means, in the words of the documentation. */
  unset: string;
  /** Never printed. */
  secret?: boolean;
  /** Set by Tidemark for its own processes, not by people. */
  internal?: boolean;
}

const notes = (text: SettingNotes) => ({ ...text });

export const settings = z.object({
  PORT: readAs(count(1, 65_535))
    .default(3000)
    .meta(
      notes({
        description: "The port of the pages and the API.",
        expected: "a port number from 1 to 65535",
        unset: "3000",
      }),
    ),
  HOST: readAs(matching(/^[\w.:-]+$/))
    .default("127.0.0.1")
    .meta(
      notes({
        description:
          "The address that the pages and the API listen on. `0.0.0.0` lets other machines in: put TLS before it, and see TIDEMARK_DASHBOARD.",
        expected: "a host name or address such as 127.0.0.1 or 0.0.0.0",
        unset: "127.0.0.1: this machine alone",
      }),
    ),
  DATABASE_URL: optional(readPostgresUrl).meta(
    notes({
      description: "A PostgreSQL 15 or newer of your own, which holds everything Tidemark knows.",
      expected: "a URL such as postgres://user:password@host:5432/tidemark",
      unset: "a PostgreSQL that Tidemark brings along, in TIDEMARK_DATA_DIR",
      secret: true,
    }),
  ),
  TIDEMARK_DATA_DIR: readAs((text) => text)
    .default(".tidemark")
    .meta(
      notes({
        description: "The folder for the embedded PostgreSQL and the admin token. One running Tidemark a folder.",
        expected: "a path",
        unset: ".tidemark (`npm run demo`: .tidemark-demo)",
      }),
    ),
  PUBSUB_PROJECT_ID: optional(matching(/^[a-z][a-z0-9.:-]*$/)).meta(
    notes({
      description: "The Google Cloud project whose subscription `tidemark-ingest` events are taken from.",
      expected: "a project id such as my-project",
      unset: "events come in over HTTP only",
    }),
  ),
  PUBSUB_EMULATOR_HOST: optional(matching(/^[\w.[\]:-]+:\d+$/)).meta(
    notes({
      description:
        "Google's Pub/Sub emulator instead of its service; topic and subscription are then made where they are missing.",
      expected: "a host and port such as 127.0.0.1:8085",
      unset: "Google's service",
    }),
  ),
  TIDEMARK_URL: optional(readHttpUrl).meta(
    notes({
      description: "For the command line: where Tidemark answers.",
      expected: "a URL such as http://127.0.0.1:3000",
      unset: "the Tidemark that runs in TIDEMARK_DATA_DIR, else http://127.0.0.1:3000",
    }),
  ),
  TIDEMARK_TOKEN: optional(matching(/^[\x21-\x7e]+$/)).meta(
    notes({
      description: "For the command line: the API token to use.",
      expected: "a token, as `npx tidemark token` prints it",
      unset: "the admin token of the Tidemark that runs in TIDEMARK_DATA_DIR",
      secret: true,
    }),
  ),
  TIDEMARK_ADMIN_TOKEN: optional(matching(/^[\x21-\x7e]+$/)).meta(
    notes({
      description: "A token with every scope, for first use and automation.",
      expected: "characters without spaces, 32 or more random ones if others can reach this machine",
      unset: "one is made and kept in TIDEMARK_DATA_DIR/admin-token, readable by its owner alone",
      secret: true,
    }),
  ),
  TIDEMARK_DASHBOARD: z
    .enum(["open", "private"])
    .default("open")
    .meta(
      notes({
        description: "Who may read the pages: `open`, every visitor; `private`, only who signs in with a token.",
        expected: "open or private",
        unset: "open",
      }),
    ),
  TIDEMARK_PUBLIC_URL: optional(readHttpUrl).meta(
    notes({
      description: "Where people reach the pages: what links in notifications begin with.",
      expected: "a URL such as https://tidemark.example.com",
      unset: "http:// with HOST and PORT, which serves on this machine alone",
    }),
  ),
  TIDEMARK_WATCHDOG_URL: optional(readHttpUrl).meta(
    notes({
      description:
        "A dead man's switch outside, such as a check at healthchecks.io: asked with GET every minute for as long as Tidemark is not blind. It raises the alarm when that stops.",
      expected: "a URL such as https://hc-ping.com/your-check",
      unset: "nobody is told when Tidemark itself is gone",
      secret: true,
    }),
  ),
  TIDEMARK_CLOCK: optional(readDrillClock).meta(
    notes({
      description:
        "For drills: every process's clock starts at this instant when the product starts, and runs so many times as fast. The screens say so.",
      expected: "an instant in UTC and a speed, such as 2001-02-01T00:00:00Z 720x",
      unset: "the real time",
    }),
  ),
  TIDEMARK_CLOCK_STARTED_AT_MS: optional(count(0, Number.MAX_SAFE_INTEGER)).meta(
    notes({
      description: "The real instant at which the drill's clock started, so that all processes agree.",
      expected: "milliseconds since 1970",
      unset: "the start of the process",
      internal: true,
    }),
  ),
  TIDEMARK_RETENTION_FACTS: optional(seconds).meta(
    notes({
      description: "How long reports, markers and watermark steps are kept after their hour.",
      expected: "a duration such as 400d",
      unset: "for ever",
    }),
  ),
  TIDEMARK_RETENTION_VERDICTS: optional(seconds).meta(
    notes({
      description: "How long verdicts and their revisions are kept after their hour.",
      expected: "a duration such as 400d",
      unset: "for ever",
    }),
  ),
  TIDEMARK_RETENTION_REJECTED: readAs(seconds)
    .default(30 * 86_400)
    .meta(
      notes({
        description: "How long rejected messages are kept for a look and a second try.",
        expected: "a duration such as 30d",
        unset: "30d",
      }),
    ),
  TIDEMARK_RETENTION_ALERTS: readAs(seconds)
    .default(90 * 86_400)
    .meta(
      notes({
        description: "How long the delivery log and the alerts' changes of state are kept.",
        expected: "a duration such as 90d",
        unset: "90d",
      }),
    ),
  TIDEMARK_COMPACT_AFTER: readAs(seconds)
    .default(14 * 86_400)
    .meta(
      notes({
        description:
          "When an hour that is final has its reports packed into one row a datacenter: the more reporters, the more space that saves. Nothing is lost by it.",
        expected: "a duration such as 14d",
        unset: "14d",
      }),
    ),
  TIDEMARK_INGEST_WORKERS: readAs(count(1, 64))
    .default(1)
    .meta(
      notes({
        description: "How many processes take events from Pub/Sub.",
        expected: "a number from 1 to 64",
        unset: "1",
      }),
    ),
  TIDEMARK_EVALUATE_WORKERS: readAs(count(1, 64))
    .default(1)
    .meta(
      notes({
        description: "How many processes judge hours.",
        expected: "a number from 1 to 64",
        unset: "1",
      }),
    ),
  TIDEMARK_NOTIFY_WORKERS: readAs(count(1, 64))
    .default(1)
    .meta(
      notes({
        description: "How many processes send notifications.",
        expected: "a number from 1 to 64",
        unset: "1",
      }),
    ),
  TIDEMARK_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"])
    .default("info")
    .meta(
      notes({
        description: "The least important lines that are still logged.",
        expected: "debug, info, warn or error",
        unset: "info",
      }),
    ),
  TIDEMARK_LOG_FORMAT: z
    .enum(["auto", "text", "json"])
    .default("auto")
    .meta(
      notes({
        description: "`json`, one object a line; `text`, for people; `auto`, text on a terminal and JSON elsewhere.",
        expected: "auto, text or json",
        unset: "auto",
      }),
    ),
});

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
