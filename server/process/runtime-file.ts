import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { identifyProcess } from "./process-identity.ts";

const runtimeSchema = z.object({
  /** Where pages and the API are served. */
  url: z.string(),
  /** The embedded PostgreSQL's, in the file without its password; null: DATABASE_URL names another. */
  databaseUrl: z.string().nullable(),
  pid: z.number(),
  /** The file with the admin token; null: it came from TIDEMARK_ADMIN_TOKEN and is not stored. */
  adminTokenFile: z.string().nullable(),
  /** The process's identity, which a later process with the same pid does not share. */
  identity: z.string(),
});

/** Holds the embedded PostgreSQL's password. */
export const postgresPasswordFile = "postgres-password";

/** Where command-line tools find a running Tidemark: TIDEMARK_DATA_DIR/runtime.json (mode 0600). It holds no secret. */
export type Runtime = Omit<z.infer<typeof runtimeSchema>, "identity" | "pid">;

export async function writeRuntime(dataFolder: string, runtime: Runtime): Promise<void> {
  const path = join(dataFolder, "runtime.json");
  const databaseUrl = runtime.databaseUrl && withPassword(runtime.databaseUrl, "");
  const content = { ...runtime, databaseUrl, pid: process.pid, identity: await identifyProcess(process.pid) };
  await writeFile(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function removeRuntime(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, "runtime.json"), { force: true });
}

/** What runs in the folder; null: nothing, even if it was killed and left its file. */
export async function readRuntime(dataFolder: string): Promise<(Runtime & { pid: number }) | null> {
  const folder = resolve(dataFolder);
  const text = await readFile(join(folder, "runtime.json"), "utf8").catch(() => null);
  if (text === null) return null;
  const { identity, ...runtime } = runtimeSchema.parse(JSON.parse(text));
  if ((await identifyProcess(runtime.pid)) !== identity) return null;
  if (runtime.databaseUrl === null) return runtime;
  const password = await readFile(join(folder, postgresPasswordFile), "utf8").catch(() => "");
  return { ...runtime, databaseUrl: withPassword(runtime.databaseUrl, password.trim()) };
}

function withPassword(url: string, password: string): string {
  const changed = new URL(url);
  changed.password = encodeURIComponent(password);
  return changed.href;
}
