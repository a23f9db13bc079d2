import { hostname } from "node:os";
import type { TurnName } from "#domain/turn.ts";
import type { Context } from "#server/access/index.ts";
import { startTracing } from "#server/adapters/start-tracing.ts";
import { type Config, encryptionKeysOf, readConfig, requireKnownSettings } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { listen } from "#server/db/notifications.ts";
import type { Work } from "#server/db/work-limits.ts";
import { Bell } from "#server/process/bell.ts";
import { createClock, leastRealMs, wait } from "#server/process/clock.ts";
import { createLog, type Log } from "#server/process/log.ts";
import { endWithParent } from "#server/process/parent-process.ts";
import { sendPulse } from "#server/process/pulse.ts";
import { requireDatabaseUrl } from "#server/settings/required-settings.ts";
import { tracingOf } from "#server/settings/tracing.ts";
import { ClockCheck, type HealthServer, type Standing, serveHealth, Turns } from "#server/turns/index.ts";
import type { LoopParts } from "./loop-parts.ts";
import { refuseStartOnConfigError } from "./refuse-start.ts";

interface Worker {
  parts: LoopParts;
  config: Config;
  /** This much of the product's time, or until the process is to end. */
  wait(productMs: number): Promise<void>;
  /** A wait that ends as soon as the database's channel notifies; a notification between waits ends the next one. */
  waitFor(channel: string): (productMs: number) => Promise<void>;
  /**
   * Ends with the process that started this one: first `stop`, then the signal, the work in progress and the
   * connections.
   */
  endAfter(working: readonly Promise<unknown>[], stop?: () => Promise<void>): void;
}

export interface WorkerOptions {
  name: string;
  work: Work;
  /** Its loops. */
  turns: readonly TurnName[];
  maxConnections?: number;
  /** It reads stored secrets. Other workers need no key. */
  opensSecrets?: boolean;
}

/** Sets up a worker process: settings, log, the product's clock and the database, with administrator rights. */
export function openWorker({ name, work, turns: names, maxConnections, opensSecrets }: WorkerOptions): Worker {
  refuseStartOnConfigError();
  requireKnownSettings();
  const config = readConfig();
  const url = requireDatabaseUrl(config);
  const log = createLog({ name, level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
  const tracing = startTracing(tracingOf(config, name), log);
  const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
  const most = maxConnections === undefined ? {} : { maxConnections };
  const encryptionKeys = opensSecrets ? encryptionKeysOf(config) : [];
  const directUrl = config.DATABASE_DIRECT_URL;
  const database = openDatabase(url, {
    directUrl,
    applicationName: `tidemark ${name}`,
    work,
    encryptionKeys,
    ...most,
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  const ctx: Context = { database, clock, actor: `worker:${name}`, scopes: new Set(["admin"]) };
  const instance = `${hostname()}:${process.pid}`;
  const clockCheck = new ClockCheck({ sql: database.sql, onChange: (aheadMs) => noteClock(log, aheadMs) });
  const turns = new Turns({
    sql: database.sql,
    instance,
    names,
    speed: clock.speed,
    clock: clockCheck,
    onStandstill: (standing) => endStanding(log, standing),
    onTurning: sendPulse,
  });
  const health = openHealth(config, turns, log);
  const parts = { ctx, instance, log, turns, clockCheck, signal };
  const listeners: { close(): Promise<void> }[] = [];
  return {
    parts,
    config,
    wait: (productMs) => wait(clock, productMs, signal),
    waitFor(channel) {
      const bell = new Bell();
      // Notifications from before it listened are handled too.
      listeners.push(listen({ url: database.directUrl, channel, onNotification: bell.ring, onConnected: bell.ring }));
      return (productMs) => bell.wait(Math.max(clock.toRealMs(productMs), leastRealMs), signal);
    },
    endAfter(working, stop = () => Promise.resolve()) {
      endWithParent(async () => {
        await stop();
        stopping.abort();
        await Promise.all(working);
        await Promise.all([turns.close(), ...listeners.map((listener) => listener.close())]);
        (await health)?.close();
        await tracing.close();
        await database.close();
      });
    },
  };
}

/** Whatever holds it up, a new process does not have it. The process that started this one restarts it. */
function endStanding(log: Log, { turn, ageSeconds, allowedSeconds }: Standing): never {
  log.fatal({ turn }, `The loop "${turn}" has stalled for ${ageSeconds} s (limit ${allowedSeconds} s); exiting.`);
  process.exit(70);
}

/** null: it cannot listen there, and works all the same. */
async function openHealth(config: Config, turns: Turns, log: Log): Promise<HealthServer | null> {
  const port = config.TIDEMARK_HEALTH_PORT;
  try {
    const health = await serveHealth({ host: config.TIDEMARK_HEALTH_HOST, port, turns });
    if (port === 0) log.debug(`Health: ${health.url}`);
    else log.info(`Health: ${health.url}`);
    return health;
  } catch (error) {
    log.warn({ err: error }, `TIDEMARK_HEALTH_PORT: port ${port} is unavailable; this worker has no /healthz.`);
    return null;
  }
}

function noteClock(log: Log, aheadMs: number | null): void {
  if (aheadMs === null) {
    log.info("This machine's clock agrees with the database's clock again.");
    return;
  }
  const direction = aheadMs > 0 ? "ahead of" : "behind";
  const sentence = `This machine's clock is ${Math.round(Math.abs(aheadMs) / 1000)} s ${direction} the database's clock. This worker does not judge until they agree within 30 s. Synchronise both with NTP.`;
  log.error({ aheadMs }, sentence);
}
