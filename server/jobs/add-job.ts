import type { Sql } from "#server/db/database.ts";

export interface NewJob {
  task: string;
  payload: object;
  /** At most one job waits per key; adding it again replaces it. */
  key?: string;
  /** In real time, not a drill's; default: now. */
  runAt?: Date;
  /** Alternative to runAt: a delay in real milliseconds by the database's clock, which jobs run by. */
  runInMs?: number;
  /** For failures of the worker itself: a crash of its process counts as one. */
  maxAttempts?: number;
  /** Jobs in one queue run one at a time. Use few names: each is a permanent row. */
  queue?: string;
  /** A job waiting under the key keeps its time: adding it again never delays it. */
  keepsRunAt?: boolean;
}

/** Failures not caused by the receiver are retried for about two weeks: our own outage loses nothing. */
const defaultMaxAttempts = 100;

/** Queues a job in the transaction: it exists if and only if the transaction commits, which also wakes workers. */
export async function addJob(tx: Sql, job: NewJob): Promise<void> {
  const runAt = job.runAt ?? null;
  await tx.query(
    `SELECT FROM graphile_worker.add_job(
       $1, $2::json,
       queue_name => $3,
       run_at => coalesce($4::timestamptz, now() + make_interval(secs => $5::double precision / 1000)),
       max_attempts => $6,
       job_key => $7,
       job_key_mode => $8)`,
    [
      job.task,
      JSON.stringify(job.payload),
      job.queue ?? null,
      runAt,
      Math.max(0, job.runInMs ?? 0),
      job.maxAttempts ?? defaultMaxAttempts,
      job.key ?? null,
      job.keepsRunAt ? "preserve_run_at" : "replace",
    ],
  );
}

/** Removes a waiting job; one that is running finishes and is not retried. */
export async function removeJob(tx: Sql, key: string): Promise<void> {
  await tx.query("SELECT FROM graphile_worker.remove_job($1)", [key]);
}
