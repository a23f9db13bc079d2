import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { testAdminToken } from "#test/test-api.ts";
import { type InstalledPackage, installPackage } from "./installed-package.ts";

// `@tidemark/cli` as a stranger gets it: packed, installed elsewhere, on the machine's own Node.
let cli: InstalledPackage;
let story: HourStory;
let served: ServedApi;

beforeAll(async () => {
  cli = await installPackage("cli");
  story = await HourStory.begin({ now: "2026-11-22T14:00:00Z", activeFrom: "2026-11-22T13:00:00Z" });
  await story.settle("2026-11-22T13");
  served = await serveApi(story.api.fetch);
});
afterAll(async () => {
  await served?.stop();
  await story?.end();
  await cli?.remove();
});

const tidemark = (args: readonly string[], env: Record<string, string> = {}) =>
  cli.run("tidemark", args, { TIDEMARK_URL: served.url, TIDEMARK_TOKEN: testAdminToken, ...env });

test("the package is one file that needs nothing but Node, with the licences of what is in it", async () => {
  const files = ["LICENSE", "README.md", "dist/third-party-licences.txt", "dist/tidemark.js", "package.json"];
  expect([...cli.files].sort()).toEqual(files);
  const folder = join(cli.folder, "node_modules/@tidemark/cli");
  const { dependencies } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  expect(dependencies).toBeUndefined();
  const text = await readFile(join(folder, "dist/tidemark.js"), "utf8");
  const imported = [...text.matchAll(/^import (?:.* from )?"([^"]+)";$/gm)].map(([, name]) => name);
  expect(imported).toContain("node:fs");
  expect(imported.filter((name) => !name?.startsWith("node:"))).toEqual([]);
  // Clients of the database, the queues and the pages.
  expect(text).not.toMatch(/node_modules\/(pg|@prisma|@google-cloud|@platformatic|next|react|pino)\//);
  expect(await readFile(join(folder, "dist/third-party-licences.txt"), "utf8")).toContain("commander 15");
});

describe("wait", () => {
  test("a complete hour → 0, and with npx by the package's name", async () => {
    expect(await tidemark(["wait", "EndSong", "2026-11-22T13"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("EndSong 2026-11-22T13 is ready: complete"),
    });
    const env = { TIDEMARK_URL: served.url, TIDEMARK_TOKEN: testAdminToken };
    const npx = ["--offline", "@tidemark/cli", "wait", "EndSong", "2026-11-22T13", "--json"];
    const { code, stdout } = await cli.run("npx", npx, env);
    expect([code, JSON.parse(stdout).state]).toEqual([0, "complete"]);
  });

  test("not in time → 3; an unknown type → 2; no URL, no token or a wrong one → 1 with what to do", async () => {
    const late = await tidemark(["wait", "EndSong", "2026-11-22T14", "--timeout", "1s"]);
    expect(late).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining("Timed out: not ready.") });
    expect(await tidemark(["wait", "Nope", "2026-11-22T13"])).toMatchObject({ code: 2, stdout: "" });
    const wait = ["wait", "EndSong", "2026-11-22T13"];
    const failures = [{ TIDEMARK_URL: "" }, { TIDEMARK_URL: "tidemark:3000" }, { TIDEMARK_TOKEN: "" }];
    for (const [index, sentence] of [
      "TIDEMARK_URL is not set.",
      'TIDEMARK_URL is "tidemark:3000"',
      "No token.",
    ].entries())
      expect(await tidemark(wait, failures[index])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(sentence),
      });
    expect((await tidemark(wait, { TIDEMARK_TOKEN: "tm_unknown" })).stderr).toContain("unknown, expired or revoked");
  });

  test("settings of a server in the same shell do not matter", async () => {
    expect((await tidemark(["wait", "EndSong", "2026-11-22T13"], { PORT: "many", DATABASE_URL: "nowhere" })).code).toBe(
      0,
    );
  });
});

test("apply shows the difference, then has nothing to change", async () => {
  const skip =
    "apiVersion: tidemark/v1\nkind: EventType\nmetadata: { name: Skip }\nspec: { owner: music, tier: high }\n";
  await writeFile(join(cli.folder, "skip.yaml"), skip);
  expect((await tidemark(["apply", "-f", "skip.yaml"])).stdout).toContain("+ EventType Skip\n");
  expect((await tidemark(["apply", "-f", "skip.yaml"])).stdout).toContain("No changes");
  await writeFile(join(cli.folder, "faulty.yaml"), skip.replace("high", "golden"));
  const faulty = await tidemark(["apply", "-f", "faulty.yaml"]);
  expect(faulty).toMatchObject({ code: 1, stderr: expect.stringContaining("faulty.yaml:4: /spec/tier") });
});

test("a routing tree is tried out from its file, offline", async () => {
  const spec = "spec: { receivers: [{ name: pager }], route: { receiver: pager } }";
  const head = "apiVersion: tidemark/v1\nkind: RoutingTree\nmetadata: { name: default }\n";
  await writeFile(join(cli.folder, "tree.yaml"), `${head}${spec}\n`);
  const offline = { TIDEMARK_URL: "http://127.0.0.1:9" };
  const args = ["routes", "test", "severity=page", "--tree", "tree.yaml"];
  const { code, stderr, stdout } = await tidemark(args, offline);
  expect([code, stderr, stdout.includes("pager")]).toEqual([0, "", true]);
});

test("replay sends a file over HTTP", async () => {
  const event = {
    specversion: "1.0",
    type: "tidemark.counters.v1",
    source: "/test",
    id: "replayed",
    time: "2026-11-22T14:00:00Z",
    data: {
      dc: "east",
      stage: "produced",
      reporter: "r",
      reports: [{ eventType: "Replayed", hour: "2026-11-22T13", events: 7 }],
    },
  };
  await writeFile(join(cli.folder, "events.jsonl"), `${JSON.stringify(event)}\n`);
  expect((await tidemark(["replay", "events.jsonl"])).stdout).toMatch(/^1 events committed/);
  const { rows } = await story.test.database.sql.query("SELECT events::int FROM report WHERE events = 7");
  expect(rows).toEqual([{ events: 7 }]);
});

test("help lists every command; what needs the database or a queue says where it runs", async () => {
  const help = await tidemark(["--help"]);
  expect(help.stdout).toMatch(/wait .*\n(.*\n)*.*replay .*\n/);
  expect(help.stdout).toContain("runs where Tidemark runs");
  const where = expect.stringMatching(/`npx tidemark \w+` in Tidemark's folder/);
  expect(await tidemark(["secrets", "rotate", "--drop-lost"])).toMatchObject({ code: 1, stderr: where });
  for (const queue of ["pubsub", "kafka"])
    expect(await tidemark(["replay", "events.jsonl", "--via", queue])).toMatchObject({ code: 1, stderr: where });
  const { stdout } = await tidemark(["doctor"]);
  expect(stdout).toContain("Settings: valid.");
  expect(stdout).toContain("are not checked from here");
});
