import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folders = ["app", "components", "domain", "server", "workers", "cli", "simulator", "packages"];

interface Cruise {
  summary: { totalCruised: number; violations: { from: string; rule: { name: string; severity: string } }[] };
  modules: { source: string }[];
}

/** Each row of the import table with an import that breaks it: [rule, file, what it imports]. */
const violations: [rule: string, file: string, imported: string, kind?: "type"][] = [
  ["domain-is-pure", "domain/planted-package.ts", "pg"],
  ["domain-is-pure", "domain/planted-node.ts", "node:fs"],
  ["domain-is-pure", "domain/planted-server.ts", "../server/verdicts/index.ts"],
  ["domain-tests-stay-pure", "domain/planted.test.ts", "../server/verdicts/index.ts"],
  ["server-noun", "server/verdicts/planted-adapter.ts", "../adapters/adapter.ts"],
  ["server-noun", "server/verdicts/planted-http.ts", "../http/route.ts"],
  ["server-noun", "server/verdicts/planted-worker.ts", "../../workers/ingest/main.ts"],
  ["floor-of-audit", "server/audit/planted-up.ts", "../facts/index.ts"],
  ["floor-of-access", "server/access/planted-up.ts", "../facts/index.ts"],
  ["floor-of-facts", "server/facts/planted-up.ts", "../verdicts/index.ts"],
  ["floor-of-facts", "server/facts/planted-type.ts", "../verdicts/index.ts", "type"],
  ["floor-of-verdicts", "server/verdicts/planted-up.ts", "../consumers/index.ts"],
  ["floor-of-catalogue", "server/catalogue/planted-neighbour.ts", "../corrections/index.ts"],
  ["floor-of-sources", "server/sources/planted-up.ts", "../alerts/index.ts"],
  ["floor-of-explain", "server/explain/planted-up.ts", "../alerts/index.ts"],
  ["floor-of-alerts", "server/alerts/planted-up.ts", "../incidents/index.ts"],
  ["floor-of-alerts", "server/alerts/planted-neighbour.ts", "../slo/index.ts", "type"],
  ["floor-of-incidents", "server/incidents/planted-up.ts", "../notifications/index.ts"],
  ["floor-of-notifications", "server/notifications/planted-up.ts", "../board/index.ts"],
  ["floor-of-backtest", "server/board/planted-neighbour.ts", "../backtest/index.ts"],
  ["every-noun-has-a-floor", "server/novelty/planted.ts", "../../domain/rule.ts"],
  ["surface-of-a-noun", "server/http/planted-deep.ts", "../facts/noun.ts"],
  ["surface-of-a-noun", "workers/ingest/planted-deep.ts", "../../server/facts/noun.ts", "type"],
  ["surface-between-nouns", "server/verdicts/planted-deep.ts", "../facts/noun.ts"],
  ["surface-between-nouns", "server/verdicts/planted-own-surface.ts", "./index.ts"],
  ["server-db", "server/db/planted.ts", "../verdicts/index.ts"],
  ["server-http", "server/http/planted.ts", "../adapters/adapter.ts"],
  ["server-http", "server/http/planted-app.ts", "../../app/page.tsx"],
  ["server-http-runtime", "server/http/runtime.ts", "../../app/page.tsx"],
  ["server-adapters", "server/adapters/planted.ts", "../db/database.ts"],
  ["server-adapters", "server/adapters/planted-noun.ts", "../verdicts/index.ts"],
  ["server-root", "server/planted.ts", "./verdicts/index.ts"],
  ["components", "components/planted.tsx", "../server/verdicts/index.ts"],
  ["components", "components/planted-app.tsx", "../app/page.tsx"],
  ["app", "app/planted.tsx", "../workers/ingest/main.ts"],
  ["workers", "workers/ingest/planted.ts", "../../components/piece.tsx"],
  ["cli", "cli/planted.ts", "../simulator/main.ts"],
  ["simulator", "simulator/planted.ts", "../server/verdicts/index.ts"],
  ["package-stands-alone", "packages/client/src/planted.ts", "../../../domain/rule.ts"],
  ["package-stands-alone", "packages/client/src/planted-package.ts", "pg"],
  ["package-stands-alone", "packages/client/src/planted-neighbour.ts", "../../cli/build.ts"],
  ["cli-package", "packages/cli/src/planted.ts", "../../../server/verdicts/index.ts"],
  ["cli-package", "packages/cli/src/planted-package.ts", "pg"],
  ["settings-at-the-edge", "server/verdicts/planted-settings.ts", "../config.ts"],
  ["settings-at-the-edge", "server/adapters/planted-settings.ts", "../config.ts"],
  ["prisma-client", "workers/ingest/planted-client.ts", "../../server/db/generated/client.ts"],
  ["prisma-client", "server/http/planted-client.ts", "../db/generated/client.ts"],
  ["google-cloud", "workers/ingest/planted-google.ts", "@google-cloud/pubsub"],
  ["google-cloud", "workers/collect/planted-credentials.ts", "google-auth-library"],
  ["open-telemetry", "server/verdicts/planted-traces.ts", "@opentelemetry/api"],
  ["kafka", "workers/ingest/planted-kafka.ts", "@platformatic/kafka"],
  ["react-and-next", "server/verdicts/planted-react.ts", "react"],
  ["react-and-next", "workers/ingest/planted-next.ts", "next"],
  ["no-circular", "server/verdicts/planted-circle-a.ts", "./planted-circle-b.ts"],
  ["no-circular", "server/verdicts/planted-type-circle-a.ts", "./planted-type-circle-b.ts", "type"],
  ["no-way-out", "cli/planted-outside.ts", "../../outside.ts"],
  ["not-to-unresolvable", "cli/planted-nothing.ts", "./nothing.ts"],
  ["no-test-in-product", "server/verdicts/planted-test.ts", "../../test/tool.ts"],
  ["no-dev-package-in-product", "server/verdicts/planted-dev.ts", "vitest"],
];

/** What the table allows, so that a rule that forbids everything fails too. */
const allowed: [file: string, imported: string][] = [
  ["domain/rule.ts", "zod"],
  ["domain/rule.test.ts", "vitest"],
  ["server/verdicts/noun.ts", "../../domain/rule.ts"],
  ["server/verdicts/other.ts", "../facts/index.ts"],
  ["server/verdicts/sql.ts", "../db/generated/client.ts"],
  ["server/facts/noun.ts", "../db/database.ts"],
  ["server/facts/index.ts", "./noun.ts"],
  ["server/facts/noun.int.test.ts", "../verdicts/noun.ts"],
  ["server/verdicts/index.ts", "./noun.ts"],
  ["server/corrections/index.ts", "../verdicts/index.ts"],
  ["server/alerts/index.ts", "../verdicts/index.ts"],
  ["server/consumers/index.ts", "../verdicts/index.ts"],
  ["server/slo/index.ts", "../verdicts/index.ts"],
  ["server/board/index.ts", "../verdicts/index.ts"],
  ["server/backtest/index.ts", "../verdicts/index.ts"],
  ["server/incidents/index.ts", "../alerts/index.ts"],
  ["server/notifications/index.ts", "../incidents/index.ts"],
  ["server/db/database.ts", "pg"],
  ["server/db/generated/client.ts", "pg"],
  ["server/http/route.ts", "../verdicts/index.ts"],
  ["server/adapters/adapter.ts", "@google-cloud/pubsub"],
  ["server/adapters/credentials.ts", "google-auth-library"],
  ["server/adapters/traces.ts", "@opentelemetry/api"],
  ["server/adapters/kafka.ts", "@platformatic/kafka"],
  ["server/config.ts", "../domain/rule.ts"],
  ["domain/lower/rule.ts", "zod"],
  ["domain/lower/planted-up.ts", "../higher/rule.ts"],
  ["domain/higher/rule.ts", "../lower/rule.ts"],
  ["components/piece.tsx", "react"],
  ["components/lower/piece.tsx", "react"],
  ["components/lower/planted-up.tsx", "../higher/piece.tsx"],
  ["components/higher/piece.tsx", "../lower/piece.tsx"],
  ["app/page.tsx", "../components/piece.tsx"],
  ["app/layout.tsx", "../server/verdicts/index.ts"],
  ["workers/ingest/main.ts", "../../server/config.ts"],
  ["cli/main.ts", "../server/verdicts/index.ts"],
  ["simulator/main.ts", "../domain/rule.ts"],
  ["packages/cli/build.ts", "node:fs"],
  ["packages/cli/src/main.ts", "../../../cli/main.ts"],
  ["simulator/publisher.ts", "@google-cloud/pubsub"],
  ["test/tool.ts", "vitest"],
  ["server/verdicts/planted-circle-b.ts", "./planted-circle-a.ts"],
  ["server/verdicts/planted-type-circle-b.ts", "./planted-type-circle-a.ts"],
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
  const packages = {
    zod: "",
    pg: "",
    react: "",
    next: "",
    "@google-cloud/pubsub": "",
    "google-auth-library": "",
    "@opentelemetry/api": "",
    "@platformatic/kafka": "",
  };
  for (const name of [...Object.keys(packages), "vitest"]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    write(`node_modules/${name}/index.js`, "module.exports = {};");
  }
  write("package.json", JSON.stringify({ type: "module", dependencies: packages, devDependencies: { vitest: "" } }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: { module: "esnext", moduleResolution: "bundler" } }));
  write("../outside.ts", "export const it = 1;");
  const imports = [...allowed, ...violations.map(([, ...planting]) => planting)];
  for (const [file, imported, kind] of imports) {
    const from = JSON.stringify(imported);
    write(
      file,
      kind ? `import type { it } from ${from};\n` : `import * as it from ${from};\nexport const seen = it;\n`,
    );
  }
  planted = cruise(fixture);
});

afterAll(() => rmSync(outside, { recursive: true, force: true }));

describe("the import table", () => {
  test.each(violations)("%s: %s may not import %s", (rule, file) => {
    const broken = planted.summary.violations.filter((violation) => violation.from === file);
    expect(broken.map((violation) => violation.rule)).toContainEqual({ name: rule, severity: "error" });
  });

  test.each(allowed.slice(0, -2))("%s may import %s", (file) => {
    expect(planted.summary.violations.filter((violation) => violation.from === file)).toEqual([]);
  });

  test("every rule has a planted violation", async () => {
    const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
      forbidden: { name: string }[];
    };
    expect([...new Set(violations.map(([rule]) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  test("folders that need each other are found, and the real tree has none", () => {
    const folders = ["app", "components", "domain", "server", "workers", "cli"];
    const found = (cwd: string) => cruise(cwd, ".dependency-cruiser.folders.cjs", folders).summary.violations;
    for (const from of ["server/facts", "components/lower", "domain/lower"]) {
      expect(found(fixture)).toContainEqual(
        expect.objectContaining({ from, rule: { name: "no-circular-folders", severity: "error" } }),
      );
    }
    expect(found(root)).toEqual([]);
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
    ["server/verdicts/settings.ts", true],
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

function cruise(cwd: string, rules = ".dependency-cruiser.cjs", of = folders): Cruise {
  const cli = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const config = join(root, rules);
  const { stdout, stderr } = spawnSync(process.execPath, [cli, "--config", config, "-T", "json", ...of], {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.startsWith("{")) throw new Error(`dependency-cruiser did not answer: ${stderr}${stdout}`);
  return JSON.parse(stdout) as Cruise;
}
