import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { type ServedApi, serveApi } from "../../../test/serve-api.ts";
import { openTestApi, testAdminToken } from "../../../test/test-api.ts";

let scratch: TestDatabase;
let served: ServedApi;
let folder: string;

beforeEach(async () => {
  scratch = await createTestDatabase();
  served = await serveApi(openTestApi(scratch.database, { now: () => new Date() }).fetch);
  folder = await mkdtemp(join(tmpdir(), "tidemark-crash-"));
});
afterEach(async () => {
  await served.stop();
  await scratch.drop();
  await rm(folder, { recursive: true });
});

// Counts and flushes as fast as it can. It says how much it has counted before each flush, and how much after one was taken.
const program = `
  import { httpTransport, openReporter } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
  const [url, token, stateFile] = process.argv.slice(1);
  const transport = httpTransport({ url, token });
  const reporter = await openReporter({ dc: "lon", reporter: "svc", transport, stateFile, flushEveryMs: 3_600_000 });
  const hour = new Date().toISOString().slice(0, 13);
  for (let counted = 0; ; ) {
    for (let number = 0; number < 7; number += 1) {
      reporter.count("Type" + number, { stage: "produced", at: hour });
      counted += 1;
    }
    process.stdout.write("counted " + counted + "\\n");
    await reporter.flush();
    process.stdout.write("taken " + counted + "\\n");
  }`;

/** Runs it until it was killed in the midst of its work. */
async function runAndKill(
  stateFile: string,
  flushes: number,
  thenMs: number,
): Promise<{ counted: number; taken: number }> {
  const arguments_ = ["--input-type=module", "-e", program, served.url, testAdminToken, stateFile];
  const child = spawn(process.execPath, arguments_, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    if (text.split("taken").length > flushes) setTimeout(() => child.kill("SIGKILL"), thenMs);
  });
  await new Promise((resolve) => child.once("close", resolve));
  const last = (word: string) => Number([...text.matchAll(new RegExp(`${word} (\\d+)\\n`, "g"))].at(-1)?.[1] ?? 0);
  return { counted: last("counted"), taken: last("taken") };
}

async function total(): Promise<number> {
  const { rows } = await scratch.database.sql.query<{ events: number }>(
    "SELECT sum(events)::int AS events FROM report",
  );
  return rows[0]?.events ?? 0;
}

test("killed at any moment, eight times: nothing that was taken is lost, nothing is counted twice", async () => {
  const stateFile = join(folder, "state.json");
  let least = 0;
  let most = 0;
  for (let life = 0; life < 8; life += 1) {
    const { counted, taken } = await runAndKill(stateFile, 3 + life, life * 1.7);
    least += taken;
    // It may have been killed before it could say that it counted a round more.
    most += counted + 7;
    const known = await total();
    expect([life, known >= least, known <= most]).toEqual([life, true, true]);
  }
  // The lives reported as one: none began again at zero.
  const { rows } = await scratch.database.sql.query("SELECT count(DISTINCT reporter_id)::int AS names FROM report");
  expect(rows).toEqual([{ names: 1 }]);
  expect(JSON.parse(await readFile(stateFile, "utf8")).tallies).toHaveLength(7);
  expect((await readdir(folder)).length).toBeLessThanOrEqual(2);
});
