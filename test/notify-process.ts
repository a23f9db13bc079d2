import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface NotifyProcess {
  /** kill -9, and waits for the end. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Its log output. */
  output(): string;
}

const root = join(import.meta.dirname, "..");

/** A real notifying process on a test's database. */
export function startNotify(databaseUrl: string, env: Record<string, string> = {}): NotifyProcess {
  return startWorker("notify", databaseUrl, env);
}

export function startWorker(
  worker: "notify" | "maintain" | "collect",
  databaseUrl: string,
  env: Record<string, string>,
): NotifyProcess {
  let output = "";
  const child: ChildProcess = spawn(process.execPath, [`workers/${worker}/main.ts`], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl, TIDEMARK_LOG_FORMAT: "json", NODE_ENV: "production", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin?.on("error", () => undefined);
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data: Buffer) => (output += data.toString()));
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  return { kill: () => end("SIGKILL"), stop: () => end("SIGTERM"), output: () => output };
}
