import { EventEmitter } from "node:events";
import { Logger, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { openSessionPool } from "#server/db/session-pool.ts";
import type { Log } from "#server/process/log.ts";
import { holdJobLife, type JobLife } from "./job-life.ts";

/** Handlers by task. Each declares the payload it reads: the one that addJob writes beside it. */
export type JobHandlers = Readonly<Record<string, (payload: never, helpers: RunningJob) => Promise<void> | void>>;

/** graphile-worker's data on the running job. */
export interface RunningJob {
  job: { id: string };
}

export interface RunJobsOptions {
  url: string;
  tasks: JobHandlers;
  /** Jobs run at once. */
  concurrency: number;
  log: Log;
  signal: AbortSignal;
  pollMs?: number;
}

/** Jobs due now are notified at once; each concurrent worker polls for later ones this often. */
const defaultPollMs = 1_000;
const restartPauseMs = 1_000;
/** One listens; the others are used for one statement at a time, however many jobs run. */
const mostConnections = 6;

/** Runs jobs until the signal aborts, then waits for running ones. A pool that fails permanently is replaced. */
export async function runJobs(options: RunJobsOptions): Promise<void> {
  const { log, signal } = options;
  while (!signal.aborted) {
    try {
      await runPool(options);
    } catch (error) {
      log.error({ err: error }, "Running jobs failed; starting again in a second.");
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, restartPauseMs));
  }
}

async function runPool({ url, tasks, concurrency, log, signal, pollMs }: RunJobsOptions): Promise<void> {
  const lives: JobLife[] = [];
  const events = new EventEmitter() as WorkerEvents;
  events.on("pool:create", ({ workerPool }) => void lives.push(holdJobLife(url, workerPool.id)));
  const pgPool = openSessionPool(url, {
    work: "notify",
    applicationName: "tidemark jobs",
    maxConnections: Math.min(concurrency + 2, mostConnections),
    // One of them listens.
    heartbeat: true,
  });
  try {
    const runner = await run({
      pgPool,
      taskList: tasks as unknown as TaskList,
      parsedCronItems: [],
      noHandleSignals: true,
      events,
      logger: toLogger(log),
      preset: {
        worker: {
          concurrentJobs: concurrency,
          pollInterval: pollMs ?? defaultPollMs,
          // Batches are retried while the database is unavailable; unbatched, a failed completion ends the process.
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
    const stop = () => void runner.stop().catch(() => undefined);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    await runner.promise.finally(() => signal.removeEventListener("abort", stop));
  } finally {
    await Promise.all(lives.map((life) => life.end()));
    await pgPool.end();
  }
}

function toLogger(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    // graphile-worker logs every job's start and end as "info".
    if (level === "error") log.error({ err: meta?.error }, message);
    // The pool is intentionally smaller than the concurrency.
    else if (level === "warning" && !message.includes("maxPoolSize")) log.warn(message);
    else log.debug(message);
  });
}
