import { hostname } from "node:os";
import type { Context } from "#server/access/context.ts";
import { createClock, wait } from "#server/clock.ts";
import { type Config, readConfig } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { listen } from "#server/db/notifications.ts";
import type { Work } from "#server/db/work-limits.ts";
import { createLog, type Log } from "#server/log.ts";
import { endWithParent } from "#server/parent-process.ts";
import { requireDatabaseUrl } from "#server/required-settings.ts";

/** What every loop is given. */
interface LoopParts {
  ctx: Context;
  /** This process among those of its kind. */
  instance: string;
  log: Log;
  /** Aborted when the process is to end. */
  signal: AbortSignal;
}

interface Worker {
  parts: LoopParts;
  config: Config;
  /** So much of the product's time, or until the process is to end. */
  wait(productMs: number): Promise<void>;
  /** A wait that is over as soon as the database's channel says something; what it said while nobody waited ends the next. */
  waitFor(channel: string): (productMs: number) => Promise<void>;
  /** Ends with the process that started this one: `stop`, then the signal, then what works, then the connections. */
  endAfter(working: readonly Promise<unknown>[], stop?: () => Promise<void>): void;
}

export interface WorkerOptions {
  name: string;
  work: Work;
  maxConnections?: number;
}

/** A process of its own: settings, log, the product's clock and the database, with an administrator's rights. */
export function openWorker({ name, work, maxConnections }: WorkerOptions): Worker {
  const config = readConfig();
  const url = requireDatabaseUrl(config);
  const log = createLog({ name, level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
  const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
  const most = maxConnections === undefined ? {} : { maxConnections };
  const database = openDatabase(url, { applicationName: `tidemark ${name}`, work, ...most });
  const stopping = new AbortController();
  const { signal } = stopping;
  const ctx: Context = { database, clock, actor: `worker:${name}`, scopes: new Set(["admin"]) };
  const parts = { ctx, instance: `${hostname()}:${process.pid}`, log, signal };
  const listeners: { close(): Promise<void> }[] = [];
  return {
    parts,
    config,
    wait: (productMs) => wait(clock, productMs, signal),
    waitFor(channel) {
      let wake = new AbortController();
      const ring = () => wake.abort();
      // What was said before it was heard is looked at too.
      listeners.push(listen({ url, channel, onNotification: ring, onConnected: ring }));
      return async (productMs) => {
        await wait(clock, productMs, AbortSignal.any([wake.signal, signal]));
        if (wake.signal.aborted) wake = new AbortController();
      };
    },
    endAfter(working, stop = () => Promise.resolve()) {
      endWithParent(async () => {
        await stop();
        stopping.abort();
        await Promise.all(working);
        await Promise.all(listeners.map((listener) => listener.close()));
        await database.close();
      });
    },
  };
}
