import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";

interface LaneRow {
  dc: string;
  closedAt: Date | null;
  watermark: Date | null;
  known: boolean;
  produced: bigint | null;
  published: bigint | null;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
  /** Where the row lies: another place once it was written. */
  place: string;
}

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({ now: "2026-11-22T13:40:00Z", activeFrom: "2026-11-22T13:00:00Z" });
});
afterEach(() => story.end());

async function lanes(): Promise<LaneRow[]> {
  const { rows } = await story.test.database.sql.query<LaneRow>(
    `SELECT f.datacenter AS dc, f.closed_at AS "closedAt", f.watermark, f.known, f.produced, f.published, f.delivered, f.lost, f.duplicated,
            l.ctid::text AS place
       FROM lane_figures f JOIN verdict_lane l USING (event_type_id, hour, datacenter_id)
      WHERE f.hour = '2026-11-22T13:00Z' ORDER BY f.datacenter`,
  );
  return rows;
}

const places = async () => (await lanes()).map(({ dc, place }) => `${dc} ${place}`);

describe("lanes of a verdict", () => {
  test("are what was judged of each expected datacenter", async () => {
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T13", events: 1_000 });
    await story.count({ dc: "east", stage: "published", hour: "2026-11-22T13", events: 998 });
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T13", events: 990 });
    await story.count({ dc: "west", stage: "delivered", hour: "2026-11-22T13", events: 7 });
    await story.at("2026-11-22T14:10:00Z");
    await story.watermark("east", "2026-11-22T14:00:00Z");
    await story.judge();
    const [east, west] = await lanes();
    expect(east).toMatchObject({
      closedAt: new Date("2026-11-22T14:10:00Z"),
      watermark: new Date("2026-11-22T14:00:00Z"),
      known: true,
      produced: 1_000n,
      published: 998n,
      delivered: 990n,
      lost: 10n,
      duplicated: 0n,
    });
    // Unknown is never zero: against nothing that is known to be produced, nothing was delivered twice.
    expect(west).toMatchObject({
      closedAt: null,
      watermark: null,
      known: false,
      produced: null,
      published: null,
      delivered: 7n,
      lost: 0n,
      duplicated: 0n,
    });
  });

  test("a judgement writes those that differ and no other", async () => {
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T13", events: 10 });
    await story.count({ dc: "west", stage: "delivered", hour: "2026-11-22T13", events: 10 });
    await story.judge();
    const before = await places();
    await story.count({ dc: "west", stage: "delivered", hour: "2026-11-22T13", events: 11 });
    await story.judge();
    const after = await places();
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  test("judged again with nothing new, none is written; a closed one is left when its watermark moves on", async () => {
    await story.at("2026-11-22T14:10:00Z");
    await story.settle("2026-11-22T13");
    const before = await places();
    await story.watermark("east", "2026-11-22T14:10:00Z");
    await story.test.database.sql.query("UPDATE verdict SET next_due_at = '-infinity'");
    await story.judge();
    expect(await places()).toEqual(before);
  });

  test("those of a datacenter that is expected no more go, one that is expected now comes", async () => {
    expect((await lanes()).map(({ dc }) => dc)).toEqual(["east", "west"]);
    await story.api.call("PUT", "/api/v1/datacenters/north", { body: { activeFrom: "2026-11-22T13" } });
    const body = { owner: "team", tier: "high", activeFrom: "2026-11-22T13", datacenters: ["east", "north"] };
    expect((await story.api.call("PUT", "/api/v1/event-types/EndSong", { body })).status).toBe(200);
    await story.judge();
    expect((await lanes()).map(({ dc }) => dc)).toEqual(["east", "north"]);
  });

  test("go with their hours when the type's begin is moved on", async () => {
    const body = { owner: "team", tier: "high", activeFrom: "2026-11-22T14" };
    expect((await story.api.call("PUT", "/api/v1/event-types/EndSong", { body })).status).toBe(200);
    expect(await lanes()).toEqual([]);
  });

  test("a sender whose clock says 1970 closes an hour at its end", async () => {
    await story.at("2026-11-22T14:10:00Z");
    for (const dc of ["east", "west"]) {
      await story.count({ dc, stage: "produced", hour: "2026-11-22T13", events: 5 });
      await story.count({ dc, stage: "delivered", hour: "2026-11-22T13", events: 5 });
    }
    // As a mark without bounds stood before marks were held to their own message's time.
    await story.test.database.sql.query(
      `INSERT INTO closing_step (event_type_id, datacenter_id, closed_through, closed_at)
       SELECT t.id, d.id, '2026-11-22T14:00Z', '1970-01-01T00:00Z' FROM event_type t, datacenter d`,
    );
    await story.judge();
    const { body } = await story.get("/event-types/EndSong/hours/2026-11-22T13");
    expect(body).toMatchObject({
      state: "complete",
      closedAt: "2026-11-22T14:00:00Z",
      closingDelaySeconds: 0,
      deadlineMet: true,
    });
    expect(body.datacenters[0].closedAt).toBe("2026-11-22T14:00:00Z");
    expect((await lanes())[0]?.closedAt).toEqual(new Date("2026-11-22T14:00:00Z"));
  });
});

describe("counts as high as they may be", () => {
  const most = 2n ** 63n - 1n;

  test("are held at the end of bigint, and judging again finds nothing changed", async () => {
    await story.at("2026-11-22T14:10:00Z");
    // 1,025 reporters that count 2^53 − 1 each pass 2^63.
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T13", events: 1 });
    await story.test.database.sql.query(
      `INSERT INTO lane_total (event_type_id, hour, datacenter_id, stage, landed_hour, events)
       SELECT t.id, '2026-11-22T13:00Z', d.id, 1, '2026-11-22T13:00Z', 1025 * 9007199254740991::numeric
         FROM event_type t, datacenter d`,
    );
    for (const dc of ["east", "west"]) await story.watermark(dc, "2026-11-22T14:00:00Z");
    await story.judge();
    await story.at("2026-11-22T15:00:00Z");
    const [east, west] = await lanes();
    expect(east).toMatchObject({ produced: most, delivered: 1n, lost: most - 1n });
    expect(west).toMatchObject({ produced: most, delivered: 0n, lost: most });
    const { body: first } = await story.get("/event-types/EndSong/hours/2026-11-22T13");
    expect(first).toMatchObject({ state: "incomplete", lost: Number(most) });
    await story.test.database.sql.query("UPDATE verdict SET next_due_at = '-infinity'");
    await story.judge();
    const { body: second } = await story.get("/event-types/EndSong/hours/2026-11-22T13");
    expect(second.revision).toBe(first.revision);
  });
});
