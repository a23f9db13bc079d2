import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Signs sessions if no admin token is set: created once and stored in the data folder, readable by its owner only.
 * Web processes share it through the folder; on several machines, set TIDEMARK_ADMIN_TOKEN.
 */
export async function readSessionSecret(dataFolder: string): Promise<string> {
  const path = join(dataFolder, "session-secret");
  const offered = `${path}.${process.pid}`;
  await mkdir(dataFolder, { recursive: true });
  await writeFile(offered, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  // link() is atomic: of processes that start together one wins, and none reads a partial secret.
  await link(offered, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(offered, { force: true });
  return (await readFile(path, "utf8")).trim();
}
