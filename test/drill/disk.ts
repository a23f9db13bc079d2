import { execFile, spawn } from "node:child_process";
import { chown, mkdir, rename, rm, statfs } from "node:fs/promises";
import { promisify } from "node:util";
import type { PostgresUser } from "#server/db/postgres-user.ts";
import { fillDisk } from "#test/small-disk.ts";

const run = promisify(execFile);
/** Of `fillDisk`, which takes what is left of it to the last block. */
const leftOverBytes = 48 * 1024 ** 2;
const stalledSeconds = 0.25;
const runningSeconds = 0.05;

/** A file system of its own, in a file that is mounted through a loop device. */
export interface Disk {
  /** Leaves no block free, until the returned function is called. */
  fill(): Promise<() => Promise<void>>;
  /** Lets writes through for 50 ms of every 300, until the returned function is called. */
  slow(): () => Promise<void>;
  unmount(): Promise<void>;
}

/** Moves what a folder holds to a disk that is mounted in its place. The disk takes no more room than what is written to it. */
export async function mountDisk(folder: string, mebibytes: number, user: PostgresUser | null): Promise<Disk> {
  const [image, before] = [`${folder}.disk`, `${folder}.before`];
  await run("truncate", ["--size", `${mebibytes}M`, image]);
  // Nothing is kept for root: PostgreSQL could not use it.
  await run("mkfs.ext4", ["-q", "-m", "0", image]);
  await rename(folder, before);
  await mkdir(folder, { mode: 0o700 });
  await run("mount", ["-o", "loop", image, folder]);
  await rm(`${folder}/lost+found`, { recursive: true });
  await run("cp", ["--archive", `${before}/.`, folder]);
  if (user) await chown(folder, user.uid, user.gid);
  await rm(before, { recursive: true });
  return {
    async fill() {
      const { bavail, bsize } = await statfs(folder);
      const most = `${folder}/most`;
      await run("fallocate", ["--length", String(bavail * bsize - leftOverBytes), most]);
      const empty = await fillDisk(folder);
      return async () => {
        await Promise.all([empty(), rm(most)]);
      };
    },
    slow() {
      // A process of its own, which ends with a thawed disk whenever this one ends.
      const turn = `fsfreeze -f "$0"; sleep ${stalledSeconds}; fsfreeze -u "$0"; sleep ${runningSeconds}`;
      const loop = `over=; trap over=yes TERM; while [ -z "$over" ] && kill -0 $PPID; do ${turn}; done`;
      const child = spawn("sh", ["-c", loop, folder], { stdio: "ignore" });
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      return () => {
        child.kill("SIGTERM");
        return ended;
      };
    },
    async unmount() {
      await run("umount", [folder]);
    },
  };
}
