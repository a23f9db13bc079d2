import type { EventEmitter } from "node:events";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mintToken } from "#server/access/index.ts";
import { createCheckDestination } from "#server/adapters/egress.ts";
import { type Config, ConfigError, egressOf } from "#server/config.ts";
import { type Log, writesText } from "#server/process/log.ts";
import { removeRuntime, writeRuntime } from "#server/process/runtime-file.ts";
import { basePathOf } from "#server/settings/base-path.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { passLines } from "./child-lines.ts";
import { childSpecs, simulatorSpec } from "./child-specs.ts";
import { lockDataFolder } from "./data-folder.ts";
import { findMonitoring } from "./find-monitoring.ts";
import { findPubsub } from "./find-pubsub.ts";
import { offerFirstOwner } from "./first-owner.ts";
import { type KeptChild, keepRunning } from "./keep-running.ts";
import { noteSecrets } from "./note-secrets.ts";
import { requireFreePort, untilReady } from "./readiness.ts";
import { startDatabase } from "./start-database.ts";
import { summarise } from "./summary.ts";

export interface ProductOptions {
  config: Config;
  log: Log;
  /** With a Pub/Sub emulator if there is one, and a simulated fleet. */
  demo: boolean;
  /** Where SIGINT, SIGTERM and SIGHUP arrive: the process. */
  signals: EventEmitter;
}

const root = join(import.meta.dirname, "../..");
/** One Ctrl-C arrives twice: from the terminal, and from npm, which forwards its own. */
const sameSignalMs = 1_000;
/** A database that is there has refused a password by then. */
const firstAnswerMs = 10_000;
const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Starts everything, says when it is ready, and returns once stopped. Throws whatever kept it from starting. */
export async function runProduct({ config, log, demo, signals }: ProductOptions): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const children: KeptChild[] = [];
  let askedMs: number | null = null;
  const onSignal = () => {
    if (askedMs === null) {
      askedMs = performance.now();
      log.info("Stopping. Press Ctrl-C again to stop at once.");
      stopping.abort();
    } else if (performance.now() - askedMs > sameSignalMs) {
      for (const child of children) child.kill();
    }
  };
  for (const name of stopSignals) signals.on(name, onSignal);

  // What was started, stopped in reverse order however this ends.
  const undo: (() => Promise<unknown>)[] = [];
  const say = (sentence: string) => log.info(sentence);
  let lost: Error | null = null;
  try {
    await requireAllowedAuditWebhook(config);
    const folder = await lockDataFolder(config.TIDEMARK_DATA_DIR);
    undo.push(folder.release);
    await requireFreePort(config);
    const onLost = () => {
      lost = new Error("Tidemark cannot run without its database.");
      stopping.abort();
    };
    // A database that cannot be used ends the start at once, not after the build.
    const unusable = new AbortController();
    const starting = startDatabase({ config, dataFolder: folder.path, say, signal, onLost });
    starting.catch(() => unusable.abort());
    // The build is for a database that answers, or may within a minute: a wrong password is said before it begins.
    await Promise.race([starting, sleep(firstAnswerMs)]).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    const [database, built] = await Promise.allSettled([
      starting.then((started) => {
        undo.push(started.stop);
        return started;
      }),
      buildWebApp({
        basePath: basePathOf(config.TIDEMARK_PUBLIC_URL),
        say,
        signal: AbortSignal.any([signal, unusable.signal]),
      }),
    ]);
    if (signal.aborted) return;
    if (database.status === "rejected") throw database.reason;
    if (built.status === "rejected") throw built.reason;
    const { databaseUrl } = database.value;
    const directUrl = config.DATABASE_DIRECT_URL ?? databaseUrl;
    const secretsNote = await noteSecrets(config, directUrl);
    if (secretsNote !== null) log.warn(secretsNote);
    const { token, file: adminTokenFile } = await readAdminToken(config.TIDEMARK_ADMIN_TOKEN, folder.path);
    const pubsub = await findPubsub({ config, demo, say });
    undo.push(pubsub.stop);

    const clockStartedAtMs = config.TIDEMARK_CLOCK_STARTED_AT_MS ?? Date.now();
    const monitoring = await findMonitoring(config, { demo, clockStartedAtMs });
    undo.push(monitoring.stop);
    const shared = {
      root,
      config,
      clockStartedAtMs,
      databaseUrl,
      adminToken: token,
      pubsub,
      monitoring,
    };
    const deps = { onLine: passLines(config), say: (sentence: string) => log.warn(sentence) };
    for (const spec of childSpecs(shared)) children.push(keepRunning(spec, deps));
    undo.push(() => Promise.all(children.map((child) => child.stop())));
    const url = await untilReady(config, signal);
    if (url === null) return;
    const embeddedUrl = config.DATABASE_URL === null ? databaseUrl : null;
    await writeRuntime(folder.path, { url, databaseUrl: embeddedUrl, adminTokenFile });
    undo.push(() => removeRuntime(folder.path));
    const ownerLink = await offerFirstOwner(config, directUrl, signal);
    if (signal.aborted) return;
    if (writesText(config.TIDEMARK_LOG_FORMAT)) {
      process.stdout.write(
        summarise({ config, url, dataFolder: folder.path, adminTokenFile, ownerLink, pubsub, monitoring, demo }),
      );
    } else log.info({ url, adminTokenFile, ...(ownerLink === null ? {} : { ownerLink }) }, "Tidemark is ready.");
    if (demo) children.push(keepRunning(simulatorSpec(shared, url), deps));
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    for (const step of undo.reverse()) {
      await step().catch((error: unknown) => log.error({ err: error }, "A process did not stop cleanly."));
    }
    for (const name of stopSignals) signals.off(name, onSignal);
  }
  if (lost) throw lost;
}

/** Throws ConfigError if Tidemark may not send where the audit log is to be sent. */
async function requireAllowedAuditWebhook(config: Config): Promise<void> {
  const { TIDEMARK_AUDIT_WEBHOOK: url } = config;
  if (url === null) return;
  const check = createCheckDestination(egressOf(config));
  const why = await check({ host: new URL(url).hostname, isMeantPrivate: true });
  if (why !== null) throw new ConfigError(`TIDEMARK_AUDIT_WEBHOOK: ${why}`);
}

interface AdminToken {
  token: string;
  /** Where it can be read; null: it was given and is not stored. */
  file: string | null;
}

/** The given token, or one that is generated once and stored beside the data, readable by its owner only. */
async function readAdminToken(given: string | null, dataFolder: string): Promise<AdminToken> {
  if (given !== null) return { token: given, file: null };
  const file = join(dataFolder, "admin-token");
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (kept !== "") return { token: kept, file };
  const token = mintToken();
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return { token, file };
}
