import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SloReport } from "#domain/api/slo-report.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { rollUpAll } from "#test/slo.ts";
import { workerContext } from "#test/worker-context.ts";
import { readOpeningMonth } from "./opening-month.ts";
import { readReport } from "./read-report.ts";

// A day of two types: EndSong is on time but for two hours that were closed late, SkipTrack loses events in one.
let story: HourStory;

const opening = openingOf(
  {
    now: "2026-10-05T00:30:00Z",
    activeFrom: "2026-10-05T01:00:00Z",
    activeTo: "2026-10-05T07:00:00Z",
    eventTypes: ["EndSong", "SkipTrack"],
    deadlineSeconds: 3_600,
  },
  async (lived) => {
    const sql = lived.test.database.sql;
    await sql.query("UPDATE tier SET objective = 0.9 WHERE name = 'high'");
    await sql.query("UPDATE event_type SET owner = 'skips' WHERE name = 'SkipTrack'");
    await lived.say("tidemark.deployment.v1", { dc: "east", component: "exporter", version: "4.2.0" });
    for (let hour = 1; hour < 7; hour += 1) {
      const name = `2026-10-05T0${hour}`;
      await lived.at(`2026-10-05T0${hour + 1}:20:00Z`);
      await lived.settle(name, { eventType: "SkipTrack", lost: hour === 3 ? 50 : 0 });
      const isLate = hour === 2 || hour === 4;
      if (isLate) await lived.at(`2026-10-05T0${hour + 2}:10:00Z`);
      // Both close it late: neither alone held it up.
      await lived.settle(name, { eventType: "EndSong" });
    }
    await lived.at("2026-10-06T12:00:00Z");
    await rollUpAll(lived);
    // Those that the late hours opened by themselves would depend on the rules that come with the product.
    await sql.query("DELETE FROM incident");
    await sql.query(
      `INSERT INTO incident (cause_key, cause, title, severity, state, since, opened_at, acknowledged_at, acknowledged_by, resolved_at, changed_at)
     VALUES ('a', '{}', 'west is behind', 'page', 'resolved', '2026-10-05T03:10Z', '2026-10-05T03:40Z', '2026-10-05T03:45Z', 'ann', '2026-10-05T06:40Z', now()),
            ('b', '{}', 'of no interest', 'info', 'open', '2026-10-05T03:10Z', '2026-10-05T03:40Z', NULL, NULL, NULL, now()),
            ('c', '{}', 'of another month', 'page', 'open', '2026-09-05T03:10Z', '2026-09-05T03:40Z', NULL, NULL, NULL, now())`,
    );
    await sql.query(
      `INSERT INTO incident_hour (incident_id, event_type_id, hour, added_at)
     SELECT i.id, t.id, h, now() FROM incident i, event_type t, unnest(ARRAY['2026-10-05T02:00Z', '2026-10-05T03:00Z']::timestamptz[]) h
      WHERE t.name = 'EndSong'`,
    );
  },
);
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

const read = (input: object): Promise<SloReport> =>
  readReport({ ctx: workerContext(story.test.database, story.clock), input: { month: "2026-10", ...input } });

test("the page opens on the last closed month if hours of it count, else on the running one", async () => {
  const openOn = async (now: string) => {
    await story.at(now);
    return readOpeningMonth({ ctx: workerContext(story.test.database, story.clock) });
  };
  expect(await openOn("2026-10-31T23:59:00Z")).toBe("2026-10");
  expect(await openOn("2026-11-01T00:00:00Z")).toBe("2026-10");
  expect(await openOn("2026-11-30T23:59:00Z")).toBe("2026-10");
  expect(await openOn("2026-12-01T00:00:00Z")).toBe("2026-12");
});

describe("the report of a month", () => {
  test("names the worst types and their causes", async () => {
    const { worst, causes } = await read({});
    expect(worst).toMatchObject([
      {
        item: { name: "EndSong", timeliness: { hours: { counted: 6, bad: 2 } } },
        causes: [{ measure: "timeliness", hours: 2, datacenter: "several datacenters", deployment: null }],
      },
      {
        item: { name: "SkipTrack" },
        causes: [
          {
            measure: "completeness",
            datacenter: "east",
            stage: "produced to delivered",
            deployment: "exporter 4.2.0",
            hours: 1,
            events: 50,
          },
        ],
      },
    ]);
    expect(causes.rows).toEqual([
      {
        kind: "cause",
        datacenter: "several datacenters",
        deployment: null,
        stage: null,
        lateHours: 2,
        lostEvents: 0,
      },
      {
        kind: "cause",
        datacenter: "east",
        deployment: "exporter 4.2.0",
        stage: "produced to delivered",
        lateHours: 0,
        lostEvents: 50,
      },
    ]);
  });

  test("shows tiers and owners by week, the worst first", async () => {
    const { weeks, health } = await read({});
    expect(weeks[1]).toEqual({ from: "2026-10-05", to: "2026-10-12" });
    expect(health.map(({ scope, name, weeks: cells }) => [scope, name, cells[0], cells[1]])).toEqual([
      ["tier", "high", null, { due: 12, missed: 2, excused: 0, isBelow: true, below: ["high"] }],
      ["owner", "tests", null, { due: 6, missed: 2, excused: 0, isBelow: true, below: ["high"] }],
      ["owner", "skips", null, { due: 6, missed: 0, excused: 0, isBelow: false, below: [] }],
    ]);
  });

  test("narrowed to an owner speaks of its types alone, and still offers the others", async () => {
    const { total, worst, causes, days, choices } = await read({ owner: "skips" });
    expect(total).toMatchObject({ scope: "owner", types: 1, timeliness: { hours: { bad: 0 } } });
    expect(worst.map(({ item }) => item.name)).toEqual(["SkipTrack"]);
    expect(causes.datacenters).toEqual([{ name: "east", lateHours: 0, lostEvents: 50 }]);
    expect(days.reduce((sum, { due }) => sum + due, 0)).toBe(6);
    expect(choices).toEqual({ tiers: ["high"], owners: ["skips", "tests"] });
  });

  test("counts the incidents that opened in it and affect these types: how soon noticed, taken up, over, and with what lead", async () => {
    const { incidents } = await read({});
    expect(incidents.count).toBe(1);
    expect(incidents.items).toMatchObject([
      // Hour 2 was due at 4:00, twenty minutes after the notice.
      {
        title: "west is behind",
        detectSeconds: 1_800,
        acknowledgeSeconds: 300,
        resolveSeconds: 10_800,
        leadSeconds: 1_200,
        hours: 2,
        lateHours: 1,
      },
    ]);
    expect((await read({ owner: "skips" })).incidents).toMatchObject({
      count: 0,
      items: [],
      medians: { leadSeconds: null },
    });
  });

  test("the last 28 days name the excuses that touch them, also those of the month before", async () => {
    const body = { eventTypes: ["EndSong"], from: "2026-10-05T02", to: "2026-10-05T03", reason: "Announced." };
    expect((await story.api.call("POST", "/api/v1/slo/excuses", { body })).status).toBe(201);
    story.clock.set("2026-11-01T12:00:00Z");
    await rollUpAll(story);
    const { period, total, excuses } = await read({ month: undefined, window: "28d" });
    expect(period).toMatchObject({ from: "2026-10-05", to: "2026-11-02" });
    expect([total.hours.excused, excuses.length]).toEqual([1, 1]);
  });

  test("a type without an objective is in the figures and spends no budget", async () => {
    await story.test.database.sql.query(
      "UPDATE tier SET objective = NULL; UPDATE event_type SET objective_timeliness = 0.9 WHERE name = 'SkipTrack'",
    );
    const { total, days, budgetOf } = await read({});
    expect(total.timeliness).toMatchObject({
      objective: null,
      status: "met",
      hours: { counted: 12, bad: 2, budget: null },
      parts: [
        { tier: "high", objective: 0.9, status: "met", counted: 6, bad: 0 },
        { tier: "high", objective: null, status: "no_objective", counted: 6, bad: 2 },
      ],
    });
    expect([budgetOf, days.find(({ day }) => day === "2026-10-05")?.missed]).toEqual([null, 2]);
  });
});
