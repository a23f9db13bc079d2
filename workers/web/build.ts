// npm run build, also called by the supervisor and the tests: an existing build that fits its sources is kept.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { glob, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bareEnvironment, ConfigError, readConfig } from "#server/config.ts";
import { tryLockFile } from "#server/process/lock-file.ts";
import { basePathOf, buildFolderOf } from "#server/settings/base-path.ts";

const root = join(import.meta.dirname, "../..");
const fingerprintFile = "tidemark-fingerprint";
const sources = [
  "{app,components,domain,server,public,prisma}/**/*",
  "{package.json,package-lock.json,tsconfig.json,tsconfig.next.json,proxy.ts,next.config.mjs,postcss.config.mjs}",
];

export interface BuildOptions {
  /** What the pages are built for: the path of TIDEMARK_PUBLIC_URL; absent: none. */
  basePath?: string;
  say(sentence: string): void;
  signal?: AbortSignal;
}

/** Builds the pages unless that is done. One process builds, others wait for it. Throws with the end of the build's output. */
export async function buildWebApp({ basePath = "", say, signal }: BuildOptions): Promise<void> {
  const folder = join(root, buildFolderOf(basePath));
  const fingerprint = await fingerprintSources(basePath);
  if (await isBuilt(folder, fingerprint)) return;
  await mkdir(folder, { recursive: true });
  const lockPath = join(root, ".next.lock");
  let lock = await tryLockFile(lockPath);
  if (typeof lock === "number") say("Another Tidemark is building the web app; waiting for it…");
  while (typeof lock === "number") {
    await sleep(500, undefined, { signal });
    lock = await tryLockFile(lockPath);
  }
  try {
    if (await isBuilt(folder, fingerprint)) return;
    say("Building the web app (first start, or its sources changed; about a minute)…");
    await runBuild(basePath, signal);
    await forgetFolder(folder);
    await writeFile(join(folder, fingerprintFile), fingerprint);
  } finally {
    await lock.release();
  }
}

/** Throws ConfigError unless there are pages for the base path. A process that is started by itself builds none. */
export async function requireBuild(basePath: string): Promise<void> {
  const folder = buildFolderOf(basePath);
  if (await stat(join(root, folder, "BUILD_ID")).catch(() => null)) return;
  const why = basePath === "" ? "" : `, for TIDEMARK_PUBLIC_URL ends with ${basePath}`;
  throw new ConfigError(
    `The pages are not built: there is no ${join(root, folder)}${why}. Run \`npm run build\` with the same TIDEMARK_PUBLIC_URL.`,
  );
}

async function isBuilt(folder: string, fingerprint: string): Promise<boolean> {
  const [built, id] = await Promise.all(
    [fingerprintFile, "BUILD_ID"].map((file) => readFile(join(folder, file), "utf8").catch(() => null)),
  );
  return id !== null && built === fingerprint;
}

/**
 * Next writes the folder of the repository into two files of the build, though the server asks them for something else: without it the
 * build is at home wherever it is moved.
 */
async function forgetFolder(folder: string): Promise<void> {
  for (const kind of ["js", "json"]) {
    const path = join(folder, `required-server-files.${kind}`);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replaceAll(JSON.stringify(root), JSON.stringify(".")));
  }
}

/** By content and name: a checkout touches files without changing them, and the folder may be moved with its build. */
async function fingerprintSources(basePath: string): Promise<string> {
  const files: string[] = [];
  for (const pattern of sources) {
    for await (const entry of glob(pattern, { cwd: root, withFileTypes: true })) {
      if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(join(entry.parentPath, entry.name));
    }
  }
  const hash = createHash("sha256").update(process.versions.node).update(basePath);
  for (const file of files.sort()) hash.update(`\0${relative(root, file)}\0`).update(await readFile(file));
  return hash.digest("hex");
}

async function runBuild(basePath: string, signal: AbortSignal | undefined): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    signal,
    env: {
      ...bareEnvironment(),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      // Nothing else of the URL is in the build (next.config.mjs).
      ...(basePath === "" ? {} : { TIDEMARK_PUBLIC_URL: `http://built.invalid${basePath}` }),
    },
  });
  let said = "";
  const keep = (text: string) => {
    said = (said + text).slice(-8_000);
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code !== 0)
    throw new Error(`Building the web app failed:
${said.trim()}`);
}

if (import.meta.main) {
  const basePath = basePathOf(readConfig().TIDEMARK_PUBLIC_URL);
  await buildWebApp({ basePath, say: (sentence) => process.stdout.write(`${sentence}\n`) });
}
