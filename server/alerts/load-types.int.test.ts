import { afterAll, beforeAll, expect, test } from "vitest";
import { newsSeconds } from "#domain/alert.ts";
import { defaultSettleSeconds } from "#domain/catalogue.ts";
import { HourStory } from "#test/hour-story.ts";
import { loadTypes } from "./load-types.ts";

const hour = "2026-11-22T11";
let story: HourStory;

/** 10 % of east's events of the hour lie in the bucket of the next one. Both datacenters closed it in time, at 13:20. */
beforeAll(async () => {
  story = await HourStory.begin({
    now: "2026-11-22T13:20:00Z",
    activeFrom: "2026-11-22T11:00:00Z",
    deadlineSeconds: 10_800,
  });
  for (const dc of ["east", "west"]) {
    await story.count({ dc, stage: "produced", hour, events: 1_000 });
    const misplaced = dc === "east" ? 100 : 0;
    await story.count({ dc, stage: "delivered", hour, events: 1_000 - misplaced });
    if (misplaced > 0)
      await story.count({ dc, stage: "delivered", hour, events: misplaced, landedHour: "2026-11-22T12" });
    await story.watermark(dc, "2026-11-22T12:00:00Z");
  }
  await story.judge();
});
afterAll(() => story.end());

async function typeAt(now: Date) {
  const [type] = await loadTypes(story.test.database.sql, {
    now,
    eventTypeIds: null,
    historyOf: [1],
    horizonSeconds: 3_600,
    longestWindowSeconds: 3 * 86_400,
  });
  return type;
}

async function hourAt(now: Date) {
  return (await typeAt(now))?.hours.find((each) => each.hour.getTime() === Date.parse(`${hour}:00:00Z`));
}

test("a type comes with the names of its consumers", async () => {
  const now = new Date("2026-11-22T13:25:00Z");
  expect(await typeAt(now)).toMatchObject({ consumers: [] });
  await story.test.database.sql.query(
    `INSERT INTO consumer (event_type_id, name, contact, registered_at, registered_by, updated_at)
     SELECT 1, name, '#x', $1, 'test', $1 FROM unnest('{royalties,charts}'::text[]) name`,
    [now],
  );
  expect(await typeAt(now)).toMatchObject({ consumers: ["charts", "royalties"] });
});

test("who misplaced events is said while it is news, and only then", async () => {
  const known = await hourAt(new Date("2026-11-22T13:25:00Z"));
  expect(known?.lanes.map(({ datacenter, skewed }) => [datacenter, skewed])).toEqual([
    ["east", 100],
    ["west", 0],
  ]);
  const closedMs = known?.closedAt?.getTime() ?? Number.NaN;
  const news = await hourAt(new Date(closedMs + (defaultSettleSeconds + newsSeconds) * 1000));
  expect(news?.lanes).toHaveLength(2);
  const old = await hourAt(new Date(closedMs + (defaultSettleSeconds + newsSeconds) * 1000 + 1));
  expect(old).toMatchObject({ skewed: 100, lanes: [] });
});

test("a waiting event comes with how long its queue keeps it, the shortest that a source states for its lane and stage", async () => {
  const now = new Date("2026-11-22T13:25:00Z");
  const { sql } = story.test.database;
  await sql.query(
    `INSERT INTO backlog (event_type_id, datacenter_id, stage, oldest_age_seconds, messages, observed_at)
     SELECT 1, id, 3, 60, 5, $1 FROM datacenter WHERE name IN ('east', 'west')`,
    [now],
  );
  await sql.query("INSERT INTO source (name, spec, updated_at, updated_by) VALUES ('google', '{}', now(), 'test')");
  await sql.query(
    `INSERT INTO source_resource (source, kind, resource, mapped, seen_at)
     SELECT 'google', 'subscription', resource, true, now() FROM unnest('{a,b,c}'::text[]) AS resource`,
  );
  await sql.query(
    `INSERT INTO source_lane (source, kind, resource, event_type, datacenter, stage, retention_seconds)
     SELECT 'google', 'subscription', resource, (SELECT name FROM event_type WHERE id = 1), 'east', stage, kept
       FROM (VALUES ('a', 3, 600), ('b', 3, 300), ('c', 2, 100)) AS l(resource, stage, kept)`,
  );
  const lanes = (await typeAt(now))?.lanes.map(({ datacenter, backlogs }) => [
    datacenter,
    backlogs[0]?.retentionSeconds,
  ]);
  expect(lanes).toEqual([
    ["east", 300],
    ["west", null],
  ]);
});
