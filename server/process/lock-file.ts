import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { identifyProcess } from "./process-identity.ts";

export interface FileLock {
  release(): Promise<void>;
}

/**
 * Takes the lock for this process, or returns the pid of the running process that holds it. A lock whose process is gone
 * (killed, or from before a reboot) is taken over.
 */
export async function tryLockFile(path: string): Promise<FileLock | number> {
  const mine = `${await identifyProcess(process.pid)}\n`;
  const offered = `${path}.${process.pid}`;
  await writeFile(offered, mine);
  try {
    for (;;) {
      // link() is atomic: the lock appears complete, and only if there is none.
      const failure = await link(offered, path).then(
        () => null,
        (error: NodeJS.ErrnoException) => error,
      );
      if (failure === null) return { release: () => release(path, mine) };
      if (failure.code !== "EEXIST") throw failure;
      const holder = await readFile(path, "utf8").catch(() => null);
      if (holder === null) continue;
      const pid = Number.parseInt(holder, 10);
      if (pid > 0 && `${await identifyProcess(pid)}\n` === holder) return pid;
      await removeStale(path, holder);
    }
  } finally {
    await rm(offered, { force: true });
  }
}

/** Two processes may find the same stale lock: one that moved away another lock than it judged puts that back. */
async function removeStale(path: string, judged: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => null);
  if (moved !== null && moved !== judged) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function release(path: string, mine: string): Promise<void> {
  if ((await readFile(path, "utf8").catch(() => null)) === mine) await rm(path, { force: true });
}
