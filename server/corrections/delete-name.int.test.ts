import { afterEach, beforeEach, expect, test } from "vitest";
import type { Message } from "#domain/protocol.ts";
import { openDatabase } from "#server/db/database.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { HourStory } from "#test/hour-story.ts";
import { findWrongTotals } from "#test/wrong-totals.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({ now: "2026-11-22T10:30:00Z", activeFrom: "2026-11-22T10:00:00Z" });
});
afterEach(() => story.end());

const hour = "2026-11-22T10";
async function remove(path: string) {
  const answer = await story.api.call("DELETE", `/api/v1${path}`);
  return {
    status: answer.status,
    detail: answer.status === 204 ? "" : ((await answer.json()) as { detail: string }).detail,
  };
}
const rows = async (table: string) => {
  const { rows } = await story.test.database.sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table}`,
  );
  return rows[0]?.count;
};
const names = async (path: string) => (await story.get(path)).body.items.map(({ name }: { name: string }) => name);

test("a type that was only discovered goes with everything that was said of it", async () => {
  await story.count({ dc: "east", stage: "produced", hour, events: 5, eventType: "Jnuk" });
  await story.watermark("east", "2026-11-22T10:20:00Z", "Jnuk");
  await story.at("2026-11-22T11:05:00Z");
  for (const dc of ["east", "west"]) await story.watermark(dc, "2026-11-22T11:00:00Z");
  await story.count({ dc: "west", stage: "produced", hour, events: 5 });
  await story.count({ dc: "west", stage: "delivered", hour, events: 5 });
  await story.judge();
  // Its count made east's silence about EndSong zero.
  expect((await story.get(`/event-types/EndSong/hours/${hour}`)).body).toMatchObject({ state: "complete" });

  expect(await remove("/event-types/Jnuk")).toMatchObject({ status: 204 });
  expect(await names("/event-types")).toEqual(["EndSong"]);
  expect([await rows("report"), await rows("closing_mark"), await rows("watermark")]).toEqual([2, 2, 2]);
  const range = { from: new Date("2026-11-22T00:00Z"), to: new Date("2026-11-23T00:00Z") };
  expect(await findWrongTotals(story.test.database.sql, range)).toEqual([]);
  await story.at("2026-11-22T11:30:00Z");
  expect((await story.get(`/event-types/EndSong/hours/${hour}`)).body).toMatchObject({ state: "unverified" });
  expect((await remove("/event-types/Jnuk")).status).toBe(404);
});

test("a datacenter and a reporter that were only discovered go too, and their neighbours stay", async () => {
  await story.count({ dc: "esat", stage: "produced", hour, events: 5 });
  await story.count({ dc: "east", stage: "produced", hour, events: 5 });
  await story.say("tidemark.counters.v1", {
    dc: "east",
    stage: "produced",
    reporter: "stray",
    reports: [{ eventType: "Unclaimed", hour, events: 3 }],
  });
  expect(await remove("/datacenters/esat")).toMatchObject({ status: 204 });
  expect(await names("/datacenters")).toEqual(["east", "west"]);
  expect(await remove("/reporters/stray")).toMatchObject({ status: 204 });
  expect([await rows("report"), await rows("lane_total"), await rows("reporter")]).toEqual([1, 1, 2]);
});

test("what was claimed, is expected, or counted claimed types is not deleted, and the error says what to do", async () => {
  await story.at("2026-11-22T11:05:00Z");
  await story.settle(hour);
  expect(await remove("/event-types/EndSong")).toEqual({
    status: 409,
    detail: 'The event type "EndSong" was claimed, so its history stays. Retire it instead: apply it with an activeTo.',
  });
  expect((await remove("/datacenters/east")).status).toBe(409);
  expect((await remove("/reporters/east-produced")).detail).toContain("Discard its counts with a correction instead.");
  await story.count({ dc: "north", stage: "produced", hour, events: 5 });
  await story.test.database.sql.query("UPDATE event_type SET datacenters = '{east,north}' WHERE name = 'EndSong'");
  expect((await remove("/datacenters/north")).detail).toContain(
    'The event type "EndSong" expects the datacenter "north".',
  );
  const body = { action: "discard-counts", eventType: "EndSong", datacenter: "north", reason: "wrong" };
  await story.test.database.sql.query("UPDATE event_type SET datacenters = '{}' WHERE name = 'EndSong'");
  await story.api.call("POST", "/api/v1/corrections", { body });
  expect((await remove("/datacenters/north")).detail).toBe('Correction 1 names the datacenter "north". Undo it first.');
});

test("another process that still knows the old id writes under the new one", async () => {
  const other = openDatabase(story.test.database.directUrl);
  try {
    const writer = new BatchWriter({ database: other, clock: story.clock, instance: "other" });
    const report = { eventType: "Jnuk", hour: new Date(`${hour}:00:00Z`), events: 1, bytes: null, malformed: null };
    const say = (events: number) =>
      writer.write({
        messages: [
          {
            kind: "counters",
            source: "/other",
            id: String(events),
            time: story.clock.now(),
            dc: "east",
            stage: "produced",
            reporter: "r",
            epoch: 0,
            final: false,
            reports: [{ ...report, landedHour: report.hour, events }],
          } as Message,
        ],
        rejected: [],
      });
    await say(1);
    expect((await remove("/event-types/Jnuk")).status).toBe(204);
    expect(await names("/event-types")).toEqual(["EndSong"]);
    await say(2);
    expect(await names("/event-types")).toEqual(["EndSong", "Jnuk"]);
    const { rows: found } = await other.sql.query(
      "SELECT t.name, r.events FROM report r LEFT JOIN event_type t ON t.id = r.event_type_id",
    );
    expect(found).toEqual([{ name: "Jnuk", events: 2n }]);
  } finally {
    await other.close();
  }
});
