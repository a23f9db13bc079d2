import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addHours, formatHour } from "#domain/hour.ts";
import { commandEnv } from "#test/command-env.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { outputOf } from "#test/output-of.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { testAdminToken } from "#test/test-api.ts";

let story: HourStory;
let server: ServedApi;
const types = ["EndSong", "AdClick"];
// 28 March 2027: Stockholm's clocks go forward, its day has 23 hours.
const hours = Array.from({ length: 23 }, (_, index) => formatHour(addHours(new Date("2027-03-27T23:00:00Z"), index)));

// All of the day but the last hour of AdClick.
const opening = openingOf(
  { now: "2027-03-27T23:10:00Z", activeFrom: "2027-03-27T23:00:00Z", eventTypes: types },
  async (lived) => {
    await lived.at("2027-03-28T22:40:00Z");
    for (const hour of hours) {
      for (const eventType of types)
        if (!(hour.endsWith("T21") && eventType === "AdClick")) await lived.settle(hour, { eventType });
    }
  },
);
beforeEach(async () => {
  story = await opening.begin();
  server = await serveApi(story.api.fetch, () => undefined);
});
afterEach(async () => {
  await server.stop();
  await story.end();
});

/** The command as a person runs it; `onSaid` sees what it says while it waits. */
async function wait(args: string[], onSaid: (text: string) => void = () => undefined) {
  const env = commandEnv({ TIDEMARK_URL: server.url, TIDEMARK_TOKEN: testAdminToken });
  return outputOf(spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "wait", ...args], { env }), onSaid);
}

const day = ["EndSong,AdClick", "2027-03-28", "--zone", "Europe/Stockholm"];

test("not ready in time → 3, and what is missing is said", async () => {
  const { code, stderr } = await wait([...day, "--timeout", "1s"]);
  expect(code).toBe(3);
  expect(stderr).toContain("45 of 46 hours are ready. AdClick 2027-03-28T21 is closing: east has not closed the hour");
  const tomorrow = await wait(["EndSong", "2027-03-29", "--timeout", "1s"]);
  expect(tomorrow.stderr).toContain("  EndSong 2027-03-29T09 open\n  and 14 more\n");
});

test("becomes ready meanwhile → 0", async () => {
  let isSettled = false;
  const { code, stdout } = await wait([...day, "--timeout", "60s"], () => {
    if (!isSettled) void story.settle("2027-03-28T21", { eventType: "AdClick" });
    isSettled = true;
  });
  expect([code, stdout]).toEqual([0, "EndSong, AdClick: 2027-03-28 (Europe/Stockholm) is ready, 46 hours.\n"]);
});

test("a range, and several types' hour → 0; as JSON, the gate's answer", async () => {
  const range = await wait(["EndSong", "2027-03-28T00..2027-03-28T12"]);
  expect([range.code, range.stdout]).toEqual([0, "EndSong: 2027-03-28T00 to 2027-03-28T12 is ready, 12 hours.\n"]);
  const { stdout } = await wait(["EndSong,AdClick", "2027-03-28T05", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ ready: true, totalHours: 2, from: "2027-03-28T05" });
});

test("one of several types is unknown → 2; a wrong day or zone → 1", async () => {
  expect(await wait(["EndSong,Nope", "2027-03-28"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"Nope"'),
  });
  expect((await wait(["EndSong", "2027-02-30"])).code).toBe(1);
  expect(await wait(["EndSong", "2027-03-28", "--zone", "Mars"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('"Mars" is not a time zone'),
  });
});
