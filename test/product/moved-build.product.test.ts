import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import { until } from "#test/until.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { freePort } from "./start-product.ts";

// The pages are built here and in another folder, which is then moved to where nothing can be written, and serves from there.
const root = join(import.meta.dirname, "../..");
const token = "tm_moved_moved_moved_moved_moved_moved";
/** As root every file can be written: the moved product then runs as a user who owns nothing. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
let parent: string;
let other: string;
let moved: string;
let postgres: TestPostgres;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "tidemark-moved-"));
  await chmod(parent, 0o755);
  [other, moved] = [join(parent, "another folder"), join(parent, "elsewhere/moved")];
  postgres = await startTestPostgres();
  await postgres.createDatabase("moved");
  await migrateDatabase(`${postgres.url}/moved`);
  await buildWebApp({ say: () => undefined });
  await copyProduct(other);
  execFileSync(process.execPath, [join(other, "workers/web/build.ts")], { stdio: "ignore" });
}, 1_200_000);
afterAll(async () => {
  await setWritable(moved, true).catch(() => undefined);
  await rm(parent, { recursive: true, force: true });
  await postgres?.stop();
});

test("a build does not name its folder", async () => {
  const naming: string[] = [];
  for (const file of await filesOf(join(other, ".next"))) {
    if ((await readFile(join(other, ".next", file), "latin1")).includes(other)) naming.push(file);
  }
  expect(naming).toEqual([]);
});

test("two builds of the same sources differ in their id and keys only", async () => {
  const [ours, theirs] = await Promise.all([root, other].map(readBuild));
  expect([...(ours?.keys() ?? [])].sort()).toEqual([...(theirs?.keys() ?? [])].sort());
  expect(ours?.size).toBeGreaterThan(100);
  const differing = [...(ours ?? [])].filter(([file, text]) => theirs?.get(file) !== text).map(([file]) => file);
  expect(differing).toEqual([]);
});

test("moved to where nothing can be written it is taken as it is, and serves pages", async () => {
  await mkdir(join(parent, "elsewhere"));
  await rename(other, moved);
  await setWritable(moved, false);
  const rebuilt = execFileSync(process.execPath, [join(moved, "workers/web/build.ts")], {
    encoding: "utf8",
    cwd: "/",
    ...unprivileged,
  });
  expect(rebuilt).toBe("");
  const port = await freePort();
  const web = spawn(process.execPath, [join(moved, "workers/web/main.ts")], {
    cwd: "/",
    stdio: ["pipe", "ignore", "pipe"],
    env: {
      NODE_ENV: "production",
      PORT: `${port}`,
      DATABASE_URL: `${postgres.url}/moved`,
      TIDEMARK_ADMIN_TOKEN: token,
      TIDEMARK_DASHBOARD: "open",
    },
    ...unprivileged,
  });
  let said = "";
  web.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const exited = once(web, "exit");
  try {
    const url = `http://127.0.0.1:${port}`;
    await until("the web process serves", async () => {
      if (web.exitCode !== null) throw new Error(said);
      return (await fetch(`${url}/readyz?serving`)).ok;
    });
    for (const [path, text] of [
      ["/", "Tidemark"],
      ["/status", "Status"],
      ["/docs/concepts", "watermark"],
    ] as const) {
      const answer = await fetch(`${url}${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      const html = await answer.text();
      expect(html).toContain(text);
      const script = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0];
      expect((await fetch(`${url}${script}`)).status).toBe(200);
    }
  } finally {
    web.kill("SIGTERM");
    await exited;
  }
});

/** The working tree without data and builds; the packages as links to the same files, where the file system can. */
async function copyProduct(folder: string): Promise<void> {
  const left = /^(\.git|\.next.*|\.tidemark.*|node_modules|test-results)$/;
  await cp(root, folder, { recursive: true, filter: (path) => !left.test(relative(root, path).split("/")[0] ?? "") });
  try {
    execFileSync("cp", ["-al", join(root, "node_modules"), folder], { stdio: "ignore" });
  } catch {
    await rm(join(folder, "node_modules"), { recursive: true, force: true });
    execFileSync("cp", ["-a", join(root, "node_modules"), folder]);
  }
}

/** What a server reads of a build: not the lists for packagers (.nft.json), which name what else lies in the folder, nor what it kept of answers. */
async function filesOf(folder: string): Promise<string[]> {
  const left = /^(cache|diagnostics|server\/route-cache|trace|trace-build|types)(\/|$)/;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory() && !entry.isSymbolicLink());
  return files
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !left.test(file) && !file.endsWith(".nft.json"))
    .sort();
}

/** Each file's content, with names in place of what differs with each build. */
async function readBuild(folder: string): Promise<Map<string, string>> {
  const read = (file: string) => readFile(join(folder, ".next", file), "latin1");
  const keys = Object.entries({
    id: await read("BUILD_ID"),
    ...(JSON.parse(await read("server/preview-props.json")) as Record<string, string>),
    encryptionKey: (JSON.parse(await read("server/server-reference-manifest.json")) as { encryptionKey: string })
      .encryptionKey,
  });
  const files = await filesOf(join(folder, ".next"));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const withoutId = file.replaceAll(keys[0]?.[1] ?? "", "[id]");
        const text = await read(file);
        return [withoutId, keys.reduce((left, [name, key]) => left.replaceAll(key, `[${name}]`), text)] as const;
      }),
    ),
  );
}

/** Folders, and files that are not linked from elsewhere: whoever may not write them can neither change nor add any. */
async function setWritable(folder: string, writable: boolean): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  for (const each of [folder, ...folders]) await chmod(each, writable ? 0o755 : 0o555);
}
