// npm run build, also called by the supervisor and the tests: an existing build that fits its sources is kept.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { childEnvironment } from "#server/config.ts";
import { tryLockFile } from "#server/process/lock-file.ts";

const root = join(import.meta.dirname, "../..");
const fingerprintFile = join(root, ".next/tidemark-fingerprint");
const sources = [
  "{app,components,domain,server,public,prisma}/**/*",
  "{package.json,package-lock.json,proxy.ts,next.config.mjs,postcss.config.mjs}",
];

export interface BuildOptions {
  say(sentence: string): void;
  signal?: AbortSignal;
}

/** Builds the pages unless that is done. One process builds, others wait for it. Throws with the end of the build's output. */
export async function buildWebApp({ say, signal }: BuildOptions): Promise<void> {
  const fingerprint = await fingerprintSources();
  if (await isBuilt(fingerprint)) return;
  await mkdir(join(root, ".next"), { recursive: true });
  const lockPath = join(root, ".next.lock");
  let lock = await tryLockFile(lockPath);
  if (typeof lock === "number") say("Another Tidemark is building the web app; waiting for it…");
  while (typeof lock === "number") {
    await sleep(500, undefined, { signal });
    lock = await tryLockFile(lockPath);
  }
  try {
    if (await isBuilt(fingerprint)) return;
    say("Building the web app (first start, or its sources changed; about a minute)…");
    await runBuild(signal);
    await writeFile(fingerprintFile, fingerprint);
  } finally {
    await lock.release();
  }
}

async function isBuilt(fingerprint: string): Promise<boolean> {
  const [built, id] = await Promise.all(
    [fingerprintFile, join(root, ".next/BUILD_ID")].map((file) => readFile(file, "utf8").catch(() => null)),
  );
  return id !== null && built === fingerprint;
}

/** By content: a checkout touches files without changing them. And by path: a build contains absolute paths. */
async function fingerprintSources(): Promise<string> {
  const files: string[] = [];
  for (const pattern of sources) {
    for await (const entry of glob(pattern, { cwd: root, withFileTypes: true })) {
      if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(join(entry.parentPath, entry.name));
    }
  }
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(await readFile(file));
  return hash.digest("hex");
}

async function runBuild(signal: AbortSignal | undefined): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    signal,
    env: childEnvironment({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
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

if (import.meta.main) await buildWebApp({ say: (sentence) => process.stdout.write(`${sentence}\n`) });
