import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { commandEnv } from "./command-env.ts";

const root = join(import.meta.dirname, "..");
const marker = "loaded module: ";
const hook = `import { registerHooks } from "node:module";
registerHooks({
  load(url, context, next) {
    process.stderr.write(${JSON.stringify(marker)} + url + "\\n");
    return next(url, context);
  },
});`;

/** What Node loads for these arguments: files of the repository by their path, packages by their name. */
export async function loadedModules(args: readonly string[]): Promise<{ files: string[]; packages: string[] }> {
  const listing = ["--import", `data:text/javascript,${encodeURIComponent(hook)}`];
  const { stderr } = await promisify(execFile)(process.execPath, [...listing, ...args], {
    cwd: root,
    env: commandEnv({}),
    maxBuffer: 16 * 1024 * 1024,
  });
  const paths = stderr
    .split("\n")
    .filter((line) => line.startsWith(`${marker}file:`))
    .map((line) => relative(root, fileURLToPath(line.slice(marker.length))));
  return {
    files: paths.filter((path) => packageOf(path) === null),
    packages: [...new Set(paths.map(packageOf).filter((name) => name !== null))],
  };
}

/** The package that a file is installed with; null: it is the repository's own. */
export function packageOf(path: string): string | null {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? null;
}
