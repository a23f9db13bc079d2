import { execFile, type SpawnOptions } from "node:child_process";
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

/** PostgreSQL's user if Tidemark runs as root: it refuses to run as root. */
export interface PostgresUser {
  uid: number;
  gid: number;
  /** A capability it keeps to enter folders that only root may enter, such as /root; null: not needed. */
  capability: string | null;
}

const run = promisify(execFile);

/** null unless this process is root. Creates the user if the machine has none. */
export async function findPostgresUser(folders: string[]): Promise<PostgresUser | null> {
  if (process.getuid?.() !== 0) return null;
  const ids = (await readIds()) ?? (await makeUser());
  const closed = await findClosedFolder(folders, ids);
  if (closed === null) return { ...ids, capability: null };
  const capability = await findEntryCapability();
  if (capability) return { ...ids, capability };
  throw new Error(
    `PostgreSQL does not run as root, and its user "postgres" cannot access ${closed}. Move Tidemark to a folder that others can access (such as /opt/tidemark), start it as another user, or set DATABASE_URL.`,
  );
}

/** Starts a program as that user. */
export function asPostgresUser(
  user: PostgresUser | null,
  command: string[],
): { command: string[]; options: Pick<SpawnOptions, "uid" | "gid"> } {
  if (!user) return { command, options: {} };
  if (!user.capability) return { command, options: { uid: user.uid, gid: user.gid } };
  const kept = `-all,+${user.capability}`;
  const become = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", "--securebits=+no_setuid_fixup"];
  const keep = [`--inh-caps=${kept}`, `--ambient-caps=${kept}`, `--bounding-set=${kept}`];
  return { command: ["setpriv", ...become, ...keep, "--", ...command], options: {} };
}

async function readIds(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function makeUser(): Promise<{ uid: number; gid: number }> {
  const flags = ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false"];
  await run("useradd", [...flags, "postgres"]).catch(() => undefined);
  const ids = await readIds();
  if (ids) return ids;
  throw new Error(
    'PostgreSQL does not run as root, and the system user "postgres" could not be created. Start Tidemark as another user, or set DATABASE_URL.',
  );
}

/** The first folder on a path to these that the user may not enter; null: all are open. */
async function findClosedFolder(folders: string[], { uid, gid }: { uid: number; gid: number }): Promise<string | null> {
  for (const folder of folders) {
    for (let path = await realpath(folder); ; path = dirname(path)) {
      const { mode, uid: owner, gid: group } = await stat(path);
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return path;
      if (path === dirname(path)) break;
    }
  }
  return null;
}

/** Reading any folder suffices, but some containers grant only the stronger right. Linux with util-linux's setpriv. */
async function findEntryCapability(): Promise<string | null> {
  const bounding = /CapBnd:\s*([0-9a-f]+)/.exec(await readFile("/proc/self/status", "utf8").catch(() => ""))?.[1];
  if (!bounding) return null;
  const held = BigInt(`0x${bounding}`);
  const capabilities = [
    ["dac_read_search", 2n],
    ["dac_override", 1n],
  ] as const;
  const name = capabilities.find(([, bit]) => (held >> bit) & 1n)?.[0];
  if (!name) return null;
  return run("setpriv", ["--version"]).then(
    () => name,
    () => null,
  );
}
