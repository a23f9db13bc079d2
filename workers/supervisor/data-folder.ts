import { chmod, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { tryLockFile } from "#server/process/lock-file.ts";

export interface DataFolder {
  /** Absolute. */
  path: string;
  release(): Promise<void>;
}

/** Creates the folder and locks it for this process. Throws a sentence if another running Tidemark has it. */
export async function lockDataFolder(setting: string): Promise<DataFolder> {
  const path = resolve(setting);
  try {
    const made = await mkdir(path, { recursive: true });
    // Root's PostgreSQL runs as another user, which must pass through; only the owner may list it.
    if (made !== undefined) await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    const lock = await tryLockFile(join(path, "tidemark.lock"));
    if (typeof lock !== "number") return { path, release: lock.release };
    throw new Error(
      `Tidemark is already running in ${path} (process ${lock}). Stop it, or set TIDEMARK_DATA_DIR to another folder.`,
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM" && code !== "EROFS") throw error;
    throw new Error(
      `Tidemark cannot write to ${path}. Make the folder writable for the user that runs it, or set TIDEMARK_DATA_DIR to another.`,
      { cause: error },
    );
  }
}
