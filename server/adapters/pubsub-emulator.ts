import { type ChildProcess, spawn } from "node:child_process";
import { access, constants, realpath } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface PubsubEmulator {
  /** host:port, for PUBSUB_EMULATOR_HOST. */
  host: string;
  /** Resolves when it has ended, for any reason. It stores nothing. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

/** Google's emulator, if `path` (the PATH) has the Google Cloud SDK with it, and Java; null: not available. */
export async function findPubsubEmulator(path: string): Promise<string | null> {
  const gcloud = await findProgram("gcloud", path);
  if (gcloud === null || (await findProgram("java", path)) === null) return null;
  const sdk = dirname(dirname(await realpath(gcloud)));
  const emulator = join(sdk, "platform/pubsub-emulator/bin/cloud-pubsub-emulator");
  return (await isExecutable(emulator)) ? emulator : null;
}

/**
 * Starts it on a free port of 127.0.0.1 and returns once it answers. It ends with this process, however this one ends. `env`: absent, this
 * process's own.
 */
export async function startPubsubEmulator(emulator: string, env?: NodeJS.ProcessEnv): Promise<PubsubEmulator> {
  const port = await findFreePort();
  const guardian = join(import.meta.dirname, "../process/guardian.ts");
  const command = [emulator, "--host=127.0.0.1", `--port=${port}`];
  const child = spawn(process.execPath, [guardian, "-", "-", "SIGTERM", "SIGKILL", ...command], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env,
  });
  child.stdin?.on("error", () => undefined);
  const exited = new Promise<void>((resolve) => child.once("error", () => resolve()).once("exit", () => resolve()));
  const stop = async () => {
    child.stdin?.end();
    await exited;
  };
  if (await answers(`http://127.0.0.1:${port}/`, child)) return { host: `127.0.0.1:${port}`, exited, stop };
  await stop();
  throw new Error(`Google's Pub/Sub emulator (${emulator}) did not start. Run it by hand to see its output.`);
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  const giveUpMs = performance.now() + startLimitMs;
  while (performance.now() < giveUpMs && child.exitCode === null) {
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return true;
    await sleep(100);
  }
  return false;
}

async function findProgram(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter)) {
    if (folder !== "" && (await isExecutable(join(folder, name)))) return join(folder, name);
  }
  return null;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port was found on 127.0.0.1.");
  return address.port;
}
