import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { openTestApi, testAdminToken } from "#test/test-api.ts";
import { type InstalledPackage, installPackage } from "./installed-package.ts";

// `@tidemark/client` as a stranger gets it: packed, installed elsewhere, on the machine's own Node.
let client: InstalledPackage;
let scratch: TestDatabase;
let served: ServedApi;

beforeAll(async () => {
  client = await installPackage("client");
});
afterAll(() => client?.remove());
beforeEach(async () => {
  scratch = await createTestDatabase();
  served = await serveApi(openTestApi(scratch.database, { now: () => new Date() }).fetch);
});
afterEach(async () => {
  await served.stop();
  await scratch.drop();
});

test("the package is small, needs nothing, and has no source or test in it", async () => {
  const { dependencies, peerDependencies, optionalDependencies } = JSON.parse(
    await readFile(join(client.folder, "node_modules/@tidemark/client/package.json"), "utf8"),
  );
  expect([dependencies, peerDependencies, optionalDependencies]).toEqual([undefined, undefined, undefined]);
  expect(client.tarBytes).toBeLessThan(100_000);
  expect(client.files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "dist/index.js", "dist/index.d.ts"]));
  const rest = client.files.filter((file) => !/^(dist\/(cjs\/)?[\w-]+(\.d\.ts|\.js)|schemas\/[\w.]+)$/.test(file));
  expect(rest.sort()).toEqual(["LICENSE", "README.md", "dist/cjs/package.json", "package.json"]);
});

const program = `
  const transport = httpTransport({ url: process.env.TIDEMARK_URL, token: process.env.TIDEMARK_TOKEN });
  openReporter({ dc: "lon", reporter: "elsewhere", transport }).then(async (reporter) => {
    reporter.count("EndSong", { stage: "delivered", at: "2026-11-22T13", events: 3 });
    await reporter.close();
    console.log("closed");
  });`;

describe.each([
  ["an ES module", "report.mjs", 'import { httpTransport, openReporter } from "@tidemark/client";'],
  ["CommonJS", "report.cjs", 'const { httpTransport, openReporter } = require("@tidemark/client");'],
])("from %s", (_, file, head) => {
  test("counts arrive", async () => {
    await writeFile(join(client.folder, file), head + program);
    const env = { TIDEMARK_URL: served.url, TIDEMARK_TOKEN: testAdminToken };
    expect(await client.run("node", [file], env)).toEqual({ code: 0, stdout: "closed\n", stderr: "" });
    const { rows } = await scratch.database.sql.query("SELECT stage, events::int FROM report");
    expect(rows).toEqual([{ stage: 3, events: 3 }]);
  });
});

test("a program that imports and requires it has one set of classes, and finds the schema", async () => {
  const text = `
    import { createRequire } from "node:module";
    import * as imported from "@tidemark/client";
    const require = createRequire(import.meta.url);
    const required = require("@tidemark/client");
    const names = Object.keys(imported);
    console.log(JSON.stringify([
      names.length > 5 && names.every((name) => imported[name] === required[name]),
      Object.keys(required).length === names.length,
      require("@tidemark/client/schema.json").$defs.CloudEvent.oneOf.length,
    ]));`;
  await writeFile(join(client.folder, "both.mjs"), text);
  expect(await client.run("node", ["both.mjs"])).toEqual({ code: 0, stdout: "[true,true,6]\n", stderr: "" });
});

const typed = `
  const reporter: Promise<Reporter> = openReporter({ dc: "lon", reporter: "a", transport: httpTransport({ url: "http://x", token: "t" }) });
  void reporter.then((each) => each.count("EndSong", { stage: "produced", at: new Date() }));
  // @ts-expect-error: the stage does not exist
  void reporter.then((each) => each.count("EndSong", { stage: "made", at: new Date() }));
  const transport: Transport = { send: async (events) => { throw new Refused(events[0]?.type ?? ""); }, close: async () => undefined };
  pubsubTransport({ publishMessage: async ({ data }) => data.toString("utf8") });
  console.log(transport);`;
const names = "httpTransport, openReporter, pubsubTransport, Refused, type Reporter, type Transport";

test.each(["node16", "nodenext"])(
  "its types serve both kinds of module with moduleResolution %s",
  async (resolution) => {
    const root = join(import.meta.dirname, "../..");
    await symlink(join(root, "node_modules/@types"), join(client.folder, "node_modules/@types")).catch(() => undefined);
    for (const file of ["typed.mts", "typed.cts"])
      await writeFile(join(client.folder, file), `import { ${names} } from "@tidemark/client";${typed}`);
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const options = ["--strict", "--exactOptionalPropertyTypes", "--types", "node", "--target", "es2022"];
    const modules = ["--module", resolution, "--moduleResolution", resolution];
    const compiled = await client.run("node", [compiler, ...options, ...modules, "typed.mts", "typed.cts"]);
    expect(compiled).toEqual({ code: 0, stdout: "", stderr: "" });
  },
);
