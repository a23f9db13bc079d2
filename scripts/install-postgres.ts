import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface OldestPostgres {
  initdb: string;
  postgres: string;
  /** The folder of its packages' libraries, if the machine lacks some; null: it has all. */
  libraries: string | null;
}

const version = "15";
const binaries = `usr/lib/postgresql/${version}/bin`;
const folder = join(import.meta.dirname, `../node_modules/.cache/tidemark/postgresql-${version}`);

/**
 * The oldest PostgreSQL that Tidemark supports, for tests: Debian's if installed, else its package fetched and unpacked
 * beside the other packages, so that nothing is installed and no service is started. null if neither works.
 */
export function installPostgres(): OldestPostgres | null {
  for (const root of ["/", folder]) {
    const found = usable(root);
    if (found) return found;
  }
  if (!existsSync("/usr/bin/apt-get")) return null;
  process.stdout.write(`Fetching PostgreSQL ${version} to test with (apt-get download postgresql-${version})…\n`);
  // A partial download is useless.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (!fetchPackages([`postgresql-${version}`]) && process.getuid?.() === 0) {
    // The package lists may never have been fetched on this machine.
    run("apt-get", ["--quiet", "update"]);
    fetchPackages([`postgresql-${version}`]);
  }
  return usable(folder) ?? (fetchPackages(["libpq5", "zlib1g", ...libraryPackages()]) ? usable(folder) : null);
}

/** null: missing, or it does not start here. */
function usable(root: string): OldestPostgres | null {
  const programs = { initdb: join(root, binaries, "initdb"), postgres: join(root, binaries, "postgres") };
  if (!existsSync(programs.postgres)) return null;
  for (const libraries of [null, librariesBelow(root)]) {
    const env = libraries === null ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries };
    const starts = (program: string) => spawnSync(program, ["--version"], { env, stdio: "ignore" }).status === 0;
    if (starts(programs.postgres) && starts(programs.initdb)) return { ...programs, libraries };
  }
  return null;
}

function librariesBelow(root: string): string {
  const machine = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  return [`usr/lib/${machine}`, `lib/${machine}`].map((path) => join(root, path)).join(":");
}

/** What its packages need, except what every machine has or no test uses. */
function libraryPackages(): string[] {
  const only = ["recommends", "suggests", "conflicts", "breaks", "replaces", "enhances"].map((kind) => `--no-${kind}`);
  const { stdout } = spawnSync("apt-cache", ["depends", "--recurse", ...only, `postgresql-${version}`, "libpq5"]);
  const names = `${stdout}`.split("\n").filter((name) => /^lib[\w.+-]+$/.test(name));
  return [...new Set(names)].filter((name) => !/^(libc6|libc-|libllvm|libperl|libcrypt)/.test(name));
}

function fetchPackages(names: string[]): boolean {
  run("apt-get", ["--quiet", "download", ...names]);
  const files = readdirSync(folder).filter((file) => file.endsWith(".deb"));
  for (const file of files) {
    run("dpkg-deb", ["--extract", file, "."]);
    rmSync(join(folder, file));
  }
  return files.length > 0;
}

function run(program: string, args: string[]): void {
  spawnSync(program, args, { cwd: folder, stdio: "ignore" });
}
