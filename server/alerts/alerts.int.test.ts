import { afterEach, describe, expect, it } from "vitest";
import { HourStory } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";

let story: HourStory;
afterEach(() => story.end());

async function begin() {
  story = await HourStory.begin({
    now: "2026-11-22T09:00:00Z",
    activeFrom: "2026-11-22T09:00:00Z",
    deadlineSeconds: 7200,
  });
}

function tick() {
  return tickAlerts({ ctx: workerContext(story.test.database, story.clock) });
}

async function rows<Row extends object>(statement: string): Promise<Row[]> {
  return (await story.test.database.sql.query(statement)).rows as Row[];
}

const incidents = () =>
  rows<{ causeKey: string; state: string; severity: string; title: string }>(
    `SELECT cause_key AS "causeKey", state, severity, title FROM incident ORDER BY id`,
  );

describe("from a fact to an incident", () => {
  it("lost events page as soon as they are judged", async () => {
    await begin();
    await story.at("2026-11-22T10:01:00Z");
    await story.settle("2026-11-22T09", { lost: 7 });
    expect(await incidents()).toEqual([]);
    await story.at("2026-11-22T10:16:01Z");
    expect(await incidents()).toMatchObject([
      { causeKey: "datacenter/east/lost", state: "open", severity: "page", title: "east: events lost" },
    ]);
    expect(await rows("SELECT rule, labels->>'cause' AS cause, state FROM alert ORDER BY rule")).toEqual([
      { rule: "completeness", cause: "datacenter/east/lost", state: "firing" },
      { rule: "events-lost-high", cause: "datacenter/east/lost", state: "firing" },
    ]);
    expect(await rows("SELECT kind, message FROM incident_event ORDER BY id")).toMatchObject([
      { kind: "opened", message: expect.stringContaining("east lost 7 of 1,000 events of hour 2026-11-22T09") },
      { kind: "hours_affected" },
    ]);
  });

  it("a watermark that stands still pages by time's tick, is joined by what it explains, and resolves when its hours are final", async () => {
    await begin();
    await story.at("2026-11-22T09:50:00Z");
    await story.watermark("east", "2026-11-22T09:48:00Z");
    await story.watermark("west", "2026-11-22T09:20:00Z");
    await story.at("2026-11-22T10:04:00Z");
    await story.watermark("east", "2026-11-22T10:02:00Z");
    await story.judge();
    await tick();
    expect(await incidents()).toEqual([]);
    await story.at("2026-11-22T10:06:00Z");
    await tick();
    expect(await incidents()).toMatchObject([{ causeKey: "datacenter/west/late", state: "open", severity: "page" }]);
    for (const minute of [20, 40, 59]) {
      await story.at(`2026-11-22T11:${minute}:00Z`);
      await story.watermark("east", `2026-11-22T11:${minute - 1}:00Z`);
      await story.judge();
      await tick();
    }
    expect(await incidents()).toHaveLength(1);
    expect(await rows("SELECT DISTINCT rule FROM alert WHERE state = 'firing' ORDER BY rule")).toEqual([
      { rule: "datacenter-silent" },
      { rule: "deadline-near" },
      { rule: "watermark-behind-high" },
      { rule: "watermark-stalled-high" },
    ]);
    for (const hour of ["09", "10"]) await story.settle(`2026-11-22T${hour}`);
    await story.at("2026-11-22T12:20:00Z");
    await story.watermark("east", "2026-11-22T12:19:00Z");
    await story.watermark("west", "2026-11-22T12:19:00Z");
    await tick();
    await story.at("2026-11-22T12:26:00Z");
    await story.watermark("west", "2026-11-22T12:25:00Z");
    await story.watermark("east", "2026-11-22T12:25:00Z");
    await tick();
    expect(await incidents()).toMatchObject([{ state: "resolved" }]);
    const timeline = await rows<{ kind: string }>("SELECT kind FROM incident_event ORDER BY id");
    expect(timeline.map(({ kind }) => kind)).toContain("hours_recovered");
    expect(timeline.at(-1)).toEqual({ kind: "resolved" });
  });

  it("what slows every datacenter at once is one incident, not one for each", async () => {
    const datacenters = ["ash", "lon", "sjc"];
    story = await HourStory.begin({ now: "2026-11-22T09:00:00Z", activeFrom: "2026-11-22T09:00:00Z", datacenters });
    await story.at("2026-11-22T09:10:00Z");
    for (const dc of datacenters) await story.watermark(dc, "2026-11-22T09:06:00Z");
    await story.at("2026-11-22T09:26:00Z");
    for (const dc of datacenters)
      await story.say("tidemark.heartbeat.v1", { dc, component: "exporter", instance: "1" });
    await tick();
    expect(await incidents()).toMatchObject([
      { causeKey: "everywhere/late", severity: "page", title: "All datacenters: slow deliveries" },
    ]);
    expect(await rows("SELECT count(*)::int AS alerts FROM alert WHERE labels->>'cause' = 'everywhere/late'")).toEqual([
      { alerts: 3 },
    ]);
  });
});
