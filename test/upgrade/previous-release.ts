import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import previousRelease from "../../prisma/previous-release.json" with { type: "json" };

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const { commit } = previousRelease;

interface Lock {
  packages: Record<string, { version?: string; optional?: boolean }>;
}

/** null: it can be started here; else why not, for a test to skip. */
export function whyNoPreviousRelease(): string | null {
  const reason = findReason();
  if (reason !== null) process.stderr.write(`Skipped, for the previous release cannot be started here: ${reason}\n`);
  return reason;
}

function findReason(): string | null {
  const git = (...parts: string[]) =>
    execFileSync("git", parts, { cwd: root, encoding: "utf8", stdio: "pipe", maxBuffer: 2 ** 26 });
  let lock: Lock;
  try {
    lock = JSON.parse(git("show", `${commit}:package-lock.json`));
  } catch {
    return `${commit} of prisma/previous-release.json is not in this clone (fetch it: git fetch --unshallow).`;
  }
  const own = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;
  const other = Object.entries(lock.packages).find(
    ([name, { version }]) => name.startsWith("node_modules/") && version !== own.packages[name]?.version,
  );
  return other ? `it needs ${other[0]} ${other[1].version}, and this version has another one.` : null;
}

export interface Release {
  folder: string;
  remove(): Promise<void>;
}

/** Its sources in a folder of their own, with this version's packages: hard links, and its own Prisma client. */
export async function checkOutPreviousRelease(): Promise<Release> {
  const parent = await mkdtemp(join(tmpdir(), "tidemark-release-"));
  const folder = join(parent, "tidemark");
  await run("git", ["worktree", "add", "--quiet", "--detach", folder, commit], { cwd: root });
  const remove = async () => {
    await run("git", ["worktree", "remove", "--force", folder], { cwd: root });
    await rm(parent, { recursive: true, force: true });
  };
  try {
    const [from, to] = [join(root, "node_modules"), join(folder, "node_modules")];
    await run("cp", ["--archive", "--link", from, to]).catch(() => run("cp", ["--archive", from, to]));
    await run(process.execPath, ["scripts/generate-prisma-client.mjs"], { cwd: folder });
    await copyFile(join(import.meta.dirname, "serve-api.mjs"), join(folder, "serve-api.mjs"));
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
