import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Sql } from "#server/db/database.ts";
import { Session } from "#server/db/session.ts";

const reconnectMs = 500;

export interface JobLife {
  end(): Promise<void>;
}

/**
 * Shows the database that a worker pool is alive, by an advisory lock held while this connection lasts, which
 * ends with the process however that ends. Reconnects, because the database may be what ended.
 */
export function holdJobLife(url: string, poolId: string): JobLife {
  let client: Session | null = null;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  const retry = () => {
    client = null;
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => void connect(), reconnectMs);
  };
  const connect = async () => {
    const next = new Session({
      connectionString: url,
      application_name: "tidemark jobs",
      work: "listen",
      // The server ends a silent session, so that the lock of a frozen or disconnected process is released too.
      heartbeat: true,
    });
    client = next;
    next.on("end", retry);
    try {
      await next.connect();
      await next.query("SELECT pg_advisory_lock($1, hashtext($2))", [advisoryLocks.jobPool, poolId]);
    } catch {
      await next.end().catch(() => undefined);
    }
  };
  void connect();
  return {
    async end() {
      ended = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

/**
 * Releases the jobs of dead pools: killed processes, lost machines. graphile-worker itself would wait
 * four hours. Returns how many pools were dead.
 */
export async function freeDeadJobs(sql: Sql): Promise<number> {
  const { rowCount } = await sql.query(
    `WITH pool AS MATERIALIZED (
       SELECT locked_by
         FROM graphile_worker._private_jobs
        WHERE locked_by IS NOT NULL
        GROUP BY locked_by
       -- a pool takes its lock right after its first job: that much time it has
       HAVING max(locked_at) < clock_timestamp() - interval '2 seconds'
     ), dead AS MATERIALIZED (
       -- whoever gets the lock knows that nobody lives behind it
       SELECT locked_by FROM pool WHERE pg_try_advisory_xact_lock($1, hashtext(locked_by))
     )
     SELECT graphile_worker.force_unlock_workers(array_agg(locked_by)) FROM dead HAVING count(*) > 0`,
    [advisoryLocks.jobPool],
  );
  return rowCount ?? 0;
}

/** Deletes jobs without attempts left: replaced under their key while running, and then their process was killed. */
export async function dropEndedJobs(sql: Sql): Promise<void> {
  await sql.query(
    `DELETE FROM graphile_worker._private_jobs
      WHERE attempts >= max_attempts AND locked_at IS NULL AND updated_at < now() - interval '1 day'`,
  );
}
