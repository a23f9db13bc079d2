import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

export const programNames = ["pg_dump", "pg_restore", "psql"] as const;
export type ProgramName = (typeof programNames)[number];

/** Where packages keep the programs of each major version: Debian's, Red Hat's, Homebrew's and the PostgreSQL app's. */
const versionFolders = [
  { parent: "/usr/lib/postgresql", folder: /^\d+$/ },
  { parent: "/usr", folder: /^pgsql-\d+$/ },
  { parent: "/opt/homebrew/opt", folder: /^postgresql@\d+$/ },
  { parent: "/usr/local/opt", folder: /^postgresql@\d+$/ },
];

interface FindOptions {
  /** Major version of the server: an older program refuses it, and a newer one writes what it cannot read. */
  major: number;
  path: string;
  env: NodeJS.ProcessEnv;
}

/** The paths of PostgreSQL's programs in the server's own major version; throws with what to install. */
export async function findPrograms<Name extends ProgramName>(
  names: readonly Name[],
  { major, path, env }: FindOptions,
): Promise<Record<Name, string>> {
  const folders = [...(await listVersionFolders(major)), ...path.split(delimiter).filter((folder) => folder !== "")];
  const found: Partial<Record<Name, string>> = {};
  const others = new Set<number>();
  for (const name of names) {
    for (const folder of folders) {
      const program = join(folder, name);
      const version = await readMajor(program, env);
      if (version === major) {
        found[name] = program;
        break;
      }
      if (version !== null) others.add(version);
    }
  }
  const missing = names.filter((name) => found[name] === undefined);
  if (missing.length === 0) return found as Record<Name, string>;
  const versions = [...others].sort((a, b) => a - b).join(", ");
  const instead = others.size === 0 ? "" : ` (found: version ${versions})`;
  throw new Error(
    `The database is PostgreSQL ${major}, and ${missing.join(" and ")} of that version ${missing.length === 1 ? "is" : "are"} not on this machine${instead}. Install PostgreSQL's client programs, version ${major}: on Debian and Ubuntu \`apt install postgresql-client-${major}\` (with the packages of apt.postgresql.org if the system's own are of another version), on Red Hat \`dnf install postgresql${major}\`, with Homebrew \`brew install postgresql@${major}\`. They are looked for in those packages' folders and on the PATH.`,
  );
}

async function listVersionFolders(major: number): Promise<string[]> {
  const lists = await Promise.all(
    versionFolders.map(async ({ parent, folder }) => {
      const names = await readdir(parent).catch(() => []);
      const ofVersion = names.filter((name) => folder.test(name) && /\d+$/.exec(name)?.[0] === `${major}`);
      return ofVersion.map((name) => join(parent, name, "bin"));
    }),
  );
  return lists.flat();
}

/** null: the program is not installed, or it does not start. */
async function readMajor(program: string, env: NodeJS.ProcessEnv): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)(program, ["--version"], { env });
    const major = /\b(\d+)(?:\.\d+|devel|beta\d+|rc\d+)/.exec(stdout)?.[1];
    return major === undefined ? null : Number(major);
  } catch {
    return null;
  }
}
