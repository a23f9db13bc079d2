import { execFile } from "node:child_process";
import { readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { identifyProcess } from "#server/process/process-identity.ts";

const run = promisify(execFile);
const fastShutdownMs = 30_000;
const immediateShutdownMs = 10_000;

/**
 * Ends the PostgreSQL that an earlier Tidemark left running on this folder, after a kill -9 of everything but it.
 * The caller holds the folder's lock, so no running Tidemark uses it.
 */
export async function stopLeftOverPostgres(folder: string): Promise<void> {
  const pidFile = join(folder, "postmaster.pid");
  const content = await readFile(pidFile, "utf8").catch(() => null);
  const pid = Number.parseInt(content ?? "", 10);
  if (!(pid > 0)) return;
  const identity = await identifyProcess(pid);
  if (identity === null) return;
  if (!(await isPostgresOf(pid, folder))) {
    // Another process has this pid now: PostgreSQL would mistake it for itself and refuse to start.
    await rm(pidFile, { force: true });
    return;
  }
  const isGone = async () => (await identifyProcess(pid)) !== identity;
  for (const [signal, patienceMs] of [
    ["SIGINT", fastShutdownMs],
    ["SIGQUIT", immediateShutdownMs],
  ] as const) {
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      if (await isGone()) return;
      await sleep(50);
    }
  }
  throw new Error(`A PostgreSQL of an earlier start (process ${pid}) still uses ${folder}. Stop it, then start again.`);
}

async function isPostgresOf(pid: number, folder: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8")
    .then((text) => text.replaceAll("\0", " "))
    .catch(
      async () => (await run("ps", ["-ww", "-o", "command=", "-p", String(pid)]).catch(() => ({ stdout: "" }))).stdout,
    );
  return /postgres/.test(command) && (command.includes(folder) || command.includes(await realpath(folder)));
}
