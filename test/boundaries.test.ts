import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folders = ["app", "components", "domain", "server", "workers", "cli", "simulator", "client"];

interface Cruise {
  summary: { totalCruised: number; violations: { from: string; rule: { name: string; severity: string } }[] };
  modules: { source: string }[];
}

/** Each row of the import table with an import that breaks it: [rule, file, what it imports]. */
const violations: [rule: string, file: string, imported: string][] = [
  ["domain-is-pure", "domain/planted-package.ts", "pg"],
  ["domain-is-pure", "domain/planted-node.ts", "node:fs"],
  ["domain-is-pure", "domain/planted-server.ts", "../server/hours/noun.ts"],
  ["domain-tests-stay-pure", "domain/planted.test.ts", "../server/hours/noun.ts"],
  ["server-noun", "server/hours/planted-adapter.ts", "../adapters/adapter.ts"],
  ["server-noun", "server/hours/planted-http.ts", "../http/route.ts"],
  ["server-noun", "server/hours/planted-worker.ts", "../../workers/ingest/main.ts"],
  ["server-db", "server/db/planted.ts", "../hours/noun.ts"],
  ["server-http", "server/http/planted.ts", "../adapters/adapter.ts"],
  ["server-http", "server/http/planted-app.ts", "../../app/page.tsx"],
  ["server-adapters", "server/adapters/planted.ts", "../db/database.ts"],
  ["server-adapters", "server/adapters/planted-noun.ts", "../hours/noun.ts"],
  ["server-root", "server/planted.ts", "./hours/noun.ts"],
  ["components", "components/planted.tsx", "../server/hours/noun.ts"],
  ["components", "components/planted-app.tsx", "../app/page.tsx"],
  ["app", "app/planted.tsx", "../workers/ingest/main.ts"],
  ["workers", "workers/ingest/planted.ts", "../../components/piece.tsx"],
  ["cli", "cli/planted.ts", "../simulator/main.ts"],
  ["simulator", "simulator/planted.ts", "../server/hours/noun.ts"],
  ["client-stands-alone", "client/planted.ts", "../domain/rule.ts"],
  ["client-stands-alone", "client/planted-package.ts", "pg"],
  ["settings-at-the-edge", "server/hours/planted-settings.ts", "../config.ts"],
  ["settings-at-the-edge", "server/adapters/planted-settings.ts", "../config.ts"],
  ["prisma-client", "workers/ingest/planted-client.ts", "../../server/db/generated/client.ts"],
  ["prisma-client", "server/http/planted-client.ts", "../db/generated/client.ts"],
  ["google-cloud", "workers/ingest/planted-google.ts", "@google-cloud/pubsub"],
  ["react-and-next", "server/hours/planted-react.ts", "react"],
  ["react-and-next", "workers/ingest/planted-next.ts", "next"],
  ["no-circular", "server/hours/planted-circle-a.ts", "./planted-circle-b.ts"],
  ["no-way-out", "cli/planted-outside.ts", "../../outside.ts"],
  ["not-to-unresolvable", "cli/planted-nothing.ts", "./nothing.ts"],
  ["no-test-in-product", "server/hours/planted-test.ts", "../../test/tool.ts"],
  ["no-dev-package-in-product", "server/hours/planted-dev.ts", "vitest"],
];

/** What the table allows, so that a rule that forbids everything fails too. */
const allowed: [file: string, imported: string][] = [
  ["domain/rule.ts", "zod"],
  ["domain/rule.test.ts", "vitest"],
  ["server/hours/noun.ts", "../../domain/rule.ts"],
  ["server/hours/other.ts", "../catalog/noun.ts"],
  ["server/hours/sql.ts", "../db/generated/client.ts"],
  ["server/catalog/noun.ts", "../db/database.ts"],
  ["server/db/database.ts", "pg"],
  ["server/db/generated/client.ts", "pg"],
  ["server/http/route.ts", "../hours/noun.ts"],
  ["server/adapters/adapter.ts", "@google-cloud/pubsub"],
  ["server/config.ts", "../domain/rule.ts"],
  ["components/piece.tsx", "react"],
  ["app/page.tsx", "../components/piece.tsx"],
  ["app/layout.tsx", "../server/hours/noun.ts"],
  ["workers/ingest/main.ts", "../../server/config.ts"],
  ["cli/main.ts", "../server/hours/noun.ts"],
  ["simulator/main.ts", "../domain/rule.ts"],
  ["simulator/publisher.ts", "@google-cloud/pubsub"],
  ["test/tool.ts", "vitest"],
  ["server/hours/planted-circle-b.ts", "./planted-circle-a.ts"],
];

let fixture: string;
let outside: string;
let planted: Cruise;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), "tidemark-boundaries-"));
  fixture = join(outside, "repository");
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(fixture, path)), { recursive: true });
    writeFileSync(join(fixture, path), content);
  };
  const packages = { zod: "", pg: "", react: "", next: "", "@google-cloud/pubsub": "" };
  for (const name of [...Object.keys(packages), "vitest"]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    write(`node_modules/${name}/index.js`, "module.exports = {};");
  }
  write("package.json", JSON.stringify({ type: "module", dependencies: packages, devDependencies: { vitest: "" } }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: { module: "esnext", moduleResolution: "bundler" } }));
  write("../outside.ts", "export const it = 1;");
  const imports = [...allowed, ...violations.map(([, file, imported]) => [file, imported] as const)];
  for (const [file, imported] of imports) {
    write(file, `import * as it from ${JSON.stringify(imported)};\nexport const seen = it;\n`);
  }
  planted = cruise(fixture);
});

afterAll(() => rmSync(outside, { recursive: true, force: true }));

describe("the import table", () => {
  test.each(violations)("%s: %s may not import %s", (rule, file) => {
    const broken = planted.summary.violations.filter((violation) => violation.from === file);
    expect(broken.map((violation) => violation.rule)).toContainEqual({ name: rule, severity: "error" });
  });

  test.each(allowed.slice(0, -1))("%s may import %s", (file) => {
    expect(planted.summary.violations.filter((violation) => violation.from === file)).toEqual([]);
  });

  test("every rule has a planted violation", async () => {
    const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
      forbidden: { name: string }[];
    };
    expect([...new Set(violations.map(([rule]) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  test("the real tree is seen at all: a compiler that reads no TypeScript would pass everything", () => {
    const { modules, summary } = cruise(root);
    expect(summary.totalCruised).toBeGreaterThan(0);
    for (const folder of ["domain/", "server/db/", "server/http/"]) {
      expect(modules.filter(({ source }) => source.startsWith(folder)).length, folder).toBeGreaterThan(2);
    }
  });
});

describe("process.env", () => {
  test.each([
    ["server/hours/settings.ts", true],
    ["workers/ingest/settings.ts", true],
    ["app/settings.tsx", true],
    ["server/config.ts", false],
    ["scripts/settings.ts", false],
  ])("in %s is refused: %s", (file, refused) => {
    const folder = join(outside, "settings");
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "export const port = process.env.PORT;\n");
    const config = JSON.parse(readFileSync(join(root, "biome.json"), "utf8")) as { vcs: { enabled: boolean } };
    config.vcs.enabled = false;
    writeFileSync(join(folder, "biome.json"), JSON.stringify(config));
    const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
    const { stdout, stderr } = spawnSync(process.execPath, [biome, "lint", file], { cwd: folder, encoding: "utf8" });
    expect(stdout + stderr).toContain("Checked 1 file");
    expect(stderr.includes("noProcessEnv")).toBe(refused);
  });
});

function cruise(cwd: string): Cruise {
  const cli = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const config = join(root, ".dependency-cruiser.cjs");
  const { stdout, stderr } = spawnSync(process.execPath, [cli, "--config", config, "-T", "json", ...folders], {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.startsWith("{")) throw new Error(`dependency-cruiser did not answer: ${stderr}${stdout}`);
  return JSON.parse(stdout) as Cruise;
}
