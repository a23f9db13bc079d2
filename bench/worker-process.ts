import { spawn } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { childEnvironment } from "#server/config.ts";

export interface WorkerProcess {
  pid: number;
  stop(): Promise<void>;
}

/** One of the product's own workers, in a process of its own. */
export function startWorker(
  folder: "ingest" | "evaluate",
  databaseUrl: string,
  settings: Parameters<typeof childEnvironment>[0] = {},
): WorkerProcess {
  const worker = spawn(process.execPath, [join(import.meta.dirname, `../workers/${folder}/main.ts`)], {
    stdio: ["pipe", "ignore", "inherit"],
    env: childEnvironment({
      DATABASE_URL: databaseUrl,
      NODE_ENV: "production",
      TIDEMARK_LOG_LEVEL: "warn",
      ...settings,
    }),
  });
  return {
    pid: worker.pid ?? 0,
    stop: async () => {
      const exited = new Promise((resolve) => worker.once("exit", resolve));
      worker.kill("SIGTERM");
      await exited;
    },
  };
}

/** By all workers together: counted in the transaction that carries the facts; the acknowledgement follows it at once. */
export async function committedMessages(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query("SELECT coalesce(sum(messages), 0)::int AS count FROM ingest_worker");
  await client.end();
  return rows[0].count;
}
