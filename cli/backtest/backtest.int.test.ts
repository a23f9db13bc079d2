import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandEnv } from "#test/command-env.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { openTestApi, type TestApi, testAdminToken } from "#test/test-api.ts";

let database: TestDatabase;
let api: TestApi;
let server: ServedApi;
let folder: string;

const rule = (threshold: string) =>
  `apiVersion: tidemark/v1\nkind: AlertRule\nmetadata: { name: draft }\nspec: { metric: closing_delay, threshold: ${threshold}, severity: page }\n`;

beforeAll(async () => {
  database = await createTestDatabase();
  api = openTestApi(database.database, { now: () => new Date("2026-11-22T13:20:00Z") });
  server = await serveApi(api.fetch, () => undefined);
  folder = await mkdtemp(join(tmpdir(), "tidemark-backtest-"));
  await writeFile(join(folder, "rule.yaml"), rule("120%"));
  await api.call("PUT", "/api/v1/datacenters/ams", { body: { activeFrom: "2026-11-01T00" } });
  await api.call("PUT", "/api/v1/event-types/EndSong", {
    body: { owner: "x", tier: "high", activeFrom: "2026-11-01T00" },
  });
  // Two hours, by hand: one that closed 3 h after its end against a deadline of 2 h, one after 30 min.
  await database.database.sql.query(
    `INSERT INTO verdict (event_type_id, hour, state, revision, closed_at, deadline_at)
     SELECT t.id, h.hour, 'complete', 1, h.hour + interval '1 hour' + h.waited, h.hour + interval '3 hours'
       FROM event_type t, (VALUES ('2026-11-22T02:00Z'::timestamptz, interval '3 hours'), ('2026-11-22T08:00Z', '30 min')) AS h (hour, waited)
     ON CONFLICT (event_type_id, hour) DO UPDATE SET state = excluded.state, revision = 1, closed_at = excluded.closed_at`,
  );
  await database.database.sql.query(
    `INSERT INTO verdict_lane (event_type_id, hour, datacenter_id, closed_at, known, produced, published, delivered)
     SELECT v.event_type_id, v.hour, d.id, v.closed_at, true, 5, 5, 5 FROM verdict v CROSS JOIN datacenter d WHERE v.revision > 0`,
  );
});
afterAll(async () => {
  await server.stop();
  await api.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

test("a rule by its name: figures and the curve, its own threshold marked", async () => {
  const { code, stdout } = await run(["deadline-near", "--from", "2026-11-15T00", "--to", "2026-11-22T00"]);
  expect([code, stdout.split("\n")[0]]).toEqual([
    0,
    "deadline-near: closing_delay 80%, 2026-11-15T00 to 2026-11-22T00",
  ]);
  const found = (await run(["deadline-near", "--from", "2026-11-16T00", "--to", "2026-11-23T00"])).stdout;
  expect(found).toContain("1 of 1 event types, 2 hours");
  expect(found).toContain("1, 1 a week, 0 false");
  expect(found).toContain("1 of 1 caught, 1 before the deadline; 0 missed");
  // 80 % of two hours are reached 24 minutes before them.
  expect(found).toMatch(/^> +80% +1 +0 +1 +0 +2[34] min$/m);
});

test("a draft from a file, as JSON; what is wrong with it by its pointer", async () => {
  const { stdout } = await run(["-f", "rule.yaml", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ rule: null, alerts: 1, breaches: { caught: 1, caughtBeforeDeadline: 0 } });
  await writeFile(join(folder, "wrong.yaml"), rule("soon"));
  expect(await run(["-f", "wrong.yaml"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("/threshold: must be"),
  });
});

test("what history does not keep is said", async () => {
  const { code, stdout } = await run(["datacenter-silent"]);
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining("This metric has no history to backtest: only the time of a datacenter's last message"),
  ]);
});

test.each([[["nobody"]], [[]], [["deadline-near", "-f", "rule.yaml"]], [["deadline-near", "--from", "yesterday"]]])(
  "%j is refused",
  async (args) => {
    const { code, stderr } = await run(args);
    expect([code, stderr.length > 20]).toEqual([1, true]);
  },
);

/** The command as a person runs it. */
function run(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const main = join(import.meta.dirname, "../main.ts");
  const env = commandEnv({ TIDEMARK_URL: server.url, TIDEMARK_TOKEN: testAdminToken });
  return new Promise((resolve) => {
    execFile(process.execPath, [main, "backtest", ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}
