import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { commandEnv } from "#test/command-env.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface InstalledPackage {
  /** An empty program's folder, where the package is installed as from the registry. */
  readonly folder: string;
  readonly tarBytes: number;
  /** What is in the package, by its paths. */
  readonly files: readonly string[];
  /** Runs a program there, with the machine's own Node before any other. */
  run(command: string, args: readonly string[], env?: Record<string, string>): Promise<Ran>;
  remove(): Promise<void>;
}

/** Packs packages/<name> and installs it into an empty folder, without a network. */
export async function installPackage(name: string): Promise<InstalledPackage> {
  const folder = await mkdtemp(join(tmpdir(), `tidemark-${name}-`));
  const npm = (args: string[], cwd: string) => run("npm", args, { cwd, env: { ...process.env, npm_config_cache: "" } });
  await npm(["pack", "--silent", "--pack-destination", folder], join(root, "packages", name));
  const [tar = ""] = await readdir(folder);
  await writeFile(join(folder, "package.json"), '{ "private": true }');
  await npm(["install", `./${tar}`, "--offline", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
  const { stdout } = await run("tar", ["--list", "--file", tar], { cwd: folder });
  const node = await findSystemNode();
  return {
    folder,
    tarBytes: (await stat(join(folder, tar))).size,
    files: stdout
      .trim()
      .split("\n")
      .map((file) => file.replace("package/", "")),
    async run(command, args, env = {}) {
      const PATH = [node, join(folder, "node_modules/.bin"), process.env.PATH].join(delimiter);
      const options = { cwd: folder, env: { ...commandEnv({ ...env, PATH }), HOME: folder } };
      try {
        return { code: 0, ...(await run(command, [...args], options)) };
      } catch (error) {
        const { code, stdout, stderr } = error as Ran;
        return { code, stdout, stderr };
      }
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** The folder of the oldest Node that the packages promise to run on, where the machine has it; else of this one. */
async function findSystemNode(): Promise<string> {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  for (const folder of folders) {
    const found = await run(join(folder, "node"), ["--version"]).catch(() => null);
    if (found !== null && Number.parseInt(found.stdout.slice(1), 10) >= 20) return folder;
  }
  return join(process.execPath, "..");
}
