import { spawnSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const product = JSON.parse(read("package.json"));
const published = globSync("packages/*/package.json", { cwd: root });

test("every package has the product's version and licence", () => {
  expect(published).toContain("packages/client/package.json");
  for (const file of published) {
    const { version, license } = JSON.parse(read(file));
    expect([file, version, license]).toEqual([file, product.version, product.license]);
  }
  const python = `version = "${product.version}"`;
  expect(read("packages/airflow/pyproject.toml")).toContain(`\n${python}\n`);
  expect(read("packages/airflow/tidemark_airflow/__init__.py")).toContain(`\n__${python.replace(" ", "__ ")}\n`);
  const licences = globSync("packages/*/", { cwd: root }).map((folder) => read(join(folder, "LICENSE")));
  expect(new Set(licences)).toEqual(new Set([read("LICENSE")]));
});

test("a package is published with its provenance, and by no one's laptop", () => {
  for (const file of published)
    expect([file, JSON.parse(read(file)).publishConfig]).toEqual([file, { access: "public", provenance: true }]);
});

test("the product is private", () => {
  expect(product.private).toBe(true);
});

describe("the product itself is not published by accident", () => {
  test.each<[string, Record<string, unknown>]>([
    ["as it is", {}],
    ["with `private` removed", { private: undefined }],
  ])("%s", (_, changed) => {
    const folder = mkdtempSync(join(tmpdir(), "tidemark-publish-"));
    mkdirSync(join(folder, "scripts"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ ...product, ...changed }));
    copyFileSync(join(root, "scripts/refuse-publishing.ts"), join(folder, "scripts/refuse-publishing.ts"));
    // Nothing listens there: a publish that got as far would fail otherwise.
    const args = ["publish", "--dry-run", "--registry", "http://127.0.0.1:9", "--fetch-retries", "0"];
    const { status, stdout, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("This package is not published.");
    rmSync(folder, { recursive: true });
  });
});
