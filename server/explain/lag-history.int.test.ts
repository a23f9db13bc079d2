import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BoardDatacenterJson } from "#domain/api/board.ts";
import { recordSamples } from "#server/explain/index.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;

// From 12:00 on, sampled each minute: east stands still at 12:00, west is five minutes behind.
const opening = openingOf({ now: "2026-11-22T12:00:00Z", activeFrom: "2026-11-22T10:00:00Z" });
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

async function minute(at: string, marks: Record<string, string> = {}): Promise<void> {
  story.clock.set(`2026-11-22T${at}:00Z`);
  for (const [dc, mark] of Object.entries(marks)) await story.watermark(dc, `2026-11-22T${mark}:00Z`);
  await recordSamples(story.test.database.sql, story.clock.now());
}

async function lagsOf(name: string): Promise<(number | null)[]> {
  const { body } = await story.get("/board/compact?limit=0");
  return body.datacenters.find((each: BoardDatacenterJson) => each.name === name).lags;
}

const unknown = (count: number) => Array<null>(count).fill(null);

describe("a datacenter's lag over six hours, on the board", () => {
  it("ends with the lag as it is now; what was not sampled is unknown, not zero", async () => {
    expect(await lagsOf("east")).toEqual(unknown(36));
    await minute("12:00", { east: "11:58", west: "11:55" });
    await minute("12:09");
    story.clock.set("2026-11-22T12:10:30Z");
    expect(await lagsOf("east")).toEqual([...unknown(34), 660, 750]);
    expect(await lagsOf("west")).toEqual([...unknown(34), 840, 930]);
  });

  it("takes what was sampled since the last look, and lets go of what is older than six hours", async () => {
    await minute("12:05", { east: "12:00" });
    expect((await lagsOf("east")).at(-1)).toBe(300);
    await minute("12:19");
    await minute("12:25", { east: "12:24" });
    expect((await lagsOf("east")).slice(-3)).toEqual([300, 1_140, 60]);
    story.clock.set("2026-11-22T18:08:00Z");
    expect((await lagsOf("east")).slice(0, 2)).toEqual([1_140, 60]);
    story.clock.set("2026-11-22T18:38:00Z");
    expect((await lagsOf("east")).slice(0, 35)).toEqual(unknown(35));
  });

  it("is of the type that is furthest behind, of those that expect the datacenter", async () => {
    await story.test.database.sql.query(
      `INSERT INTO event_type (name, owner, tier, discovered_at, claimed_at, active_from, hours_through, datacenters)
       SELECT 'Other', owner, tier, discovered_at, claimed_at, active_from, hours_through, '{west}' FROM event_type WHERE name = 'EndSong'`,
    );
    await minute("12:05", { east: "12:04", west: "12:04" });
    for (const dc of ["east", "west"]) await story.watermark(dc, "2026-11-22T11:05:00Z", "Other");
    await minute("12:08");
    story.clock.set("2026-11-22T12:10:00Z");
    expect((await lagsOf("east")).at(-2)).toBe(240);
    expect((await lagsOf("west")).at(-2)).toBe(3_780);
  });
});

describe("GET /datacenters/{name}/lag", () => {
  it("has the last hours in steps, the oldest first", async () => {
    await minute("12:04", { east: "12:00" });
    await minute("12:09");
    const { body } = await story.get("/datacenters/east/lag?hours=6");
    expect(body).toMatchObject({ datacenter: "east", stepSeconds: 120, from: "2026-11-22T06:12:00Z" });
    expect(body.lagSeconds).toEqual([...unknown(177), 240, null, 540]);
    const day = (await story.get("/datacenters/east/lag?hours=48")).body;
    expect([day.stepSeconds, day.lagSeconds.length, day.lagSeconds.at(-1)]).toEqual([960, 180, 540]);
  });

  it("has a range in finer steps the shorter it is, down to a minute", async () => {
    for (const at of ["12:01", "12:02", "12:03"]) await minute(at, at === "12:02" ? { east: "12:02" } : {});
    const { body } = await story.get("/datacenters/east/lag?from=2026-11-22T12:01:00Z&to=2026-11-22T12:03:00Z");
    expect(body).toMatchObject({ stepSeconds: 60, from: "2026-11-22T12:02:00Z", lagSeconds: [null, 0, 60] });
    story.clock.set("2026-11-22T18:00:00Z");
    const long = (await story.get("/datacenters/east/lag?from=2026-11-22T11:30:00Z")).body;
    expect([long.stepSeconds, long.lagSeconds.length]).toEqual([180, 131]);
  });

  it("refuses other spans, ranges that are backwards or too long, and a datacenter that does not exist", async () => {
    expect((await story.get("/datacenters/east/lag?hours=7")).status).toBe(400);
    for (const range of ["from=2026-11-22T12:00:00Z&to=2026-11-22T11:00:00Z", "from=2026-11-20T11:59:00Z", "to=noon"])
      expect([range, (await story.get(`/datacenters/east/lag?${range}`)).status]).toEqual([range, 400]);
    expect((await story.get("/datacenters/nowhere/lag")).status).toBe(404);
  });
});

describe("GET /event-types/{name}/lag", () => {
  it("has its own lag at each datacenter, whatever other types do", async () => {
    await story.test.database.sql.query(
      `INSERT INTO event_type (name, owner, tier, discovered_at, claimed_at, active_from, hours_through, datacenters)
       SELECT 'Other', owner, tier, discovered_at, claimed_at, active_from, hours_through, '{west}' FROM event_type WHERE name = 'EndSong'`,
    );
    for (const dc of ["east", "west"]) await story.watermark(dc, "2026-11-22T11:00:00Z", "Other");
    await minute("12:04", { east: "12:00", west: "12:03" });
    await minute("12:09");
    const { body } = await story.get("/event-types/EndSong/lag");
    expect(body).toMatchObject({ eventType: "EndSong", stepSeconds: 120, from: "2026-11-22T06:12:00Z" });
    expect(body.datacenters).toEqual([
      { name: "east", lagSeconds: [...unknown(177), 240, null, 540] },
      { name: "west", lagSeconds: [...unknown(177), 60, null, 360] },
    ]);
    const other = (await story.get("/event-types/Other/lag?from=2026-11-22T12:04:00Z&to=2026-11-22T12:05:00Z")).body;
    expect(other.datacenters).toEqual([{ name: "west", lagSeconds: [3_840, null] }]);
  });

  it("refuses a type that does not exist", async () => {
    expect((await story.get("/event-types/Nothing/lag")).status).toBe(404);
  });
});
