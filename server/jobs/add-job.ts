import type { Sql } from "#server/db/database.ts";

export interface NewJob {
  task: string;
  payload: object;
  /** One job at most waits under a key; adding it again replaces it. */
  key?: string;
  /** In real time, not a drill's; default: now. */
  runAt?: Date;
  /** The same as a wait of so many real milliseconds by the database's clock, which is the one that jobs run by. */
  runInMs?: number;
  /** Of what the worker itself could not do: a crash of its process counts as one. */
  maxAttempts?: number;
  /** Jobs of one queue run one after the other. Few names only: each is a row for ever. */
  queue?: string;
  /** A job that waits under the key keeps its time: adding it again never puts it off. */
  keepsRunAt?: boolean;
}

/** What fails for another reason than the receiver's is tried for about two weeks: nothing is lost to an outage of ours. */
const defaultMaxAttempts = 100;

/** Queues a job inside the transaction: it exists if, and only if, the transaction commits, and workers wake by then. */
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

/** Takes back a job that waits; one that runs already runs to its end and is not tried again. */
export async function removeJob(tx: Sql, key: string): Promise<void> {
  await tx.query("SELECT FROM graphile_worker.remove_job($1)", [key]);
}
