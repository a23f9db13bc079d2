import { afterEach, beforeEach, expect, test } from "vitest";
import type { DatacenterEvidenceJson } from "#domain/api/verdict.ts";
import type { SourceEvent } from "#domain/source.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { workerContext } from "#test/worker-context.ts";
import { takeCollection } from "./index.ts";

// East is measured by Google alone, west reports for itself.
const opening = openingOf({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T12:00:00Z" });
let story: HourStory;
beforeEach(async () => {
  story = await opening.begin();
  await story.test.database.sql.query(
    `INSERT INTO source (name, spec, updated_at, updated_by) VALUES ('google', $1, now(), 'test')`,
    [JSON.stringify({ cloudMonitoring: { project: "p-1", jobs: [{ match: "x", eventType: "A", datacenter: "d" }] } })],
  );
});
afterEach(() => story.end());

const instant = (time: string) => new Date(`2026-11-22T${time}Z`);
const lane = { eventType: "EndSong", datacenter: "east", stage: "delivered", retentionSeconds: null } as const;

/** A look at `now`, of a point that ends at `at`. */
async function look(now: string, at: string, facts: (time: Date) => Omit<SourceEvent, "id" | "time">[]): Promise<void> {
  const { database } = story.test;
  const { clock } = story;
  clock.set(instant(now));
  const time = instant(at);
  const events = facts(time).map((fact, index) => ({ ...fact, id: `${at}/${index}`, time }));
  const resources = [{ kind: "job" as const, id: "etl-east", lanes: [lane] }];
  await takeCollection({
    ctx: workerContext(database, clock),
    writer: new BatchWriter({ database, clock, instance: "test" }),
    input: {
      source: "google",
      startedAt: clock.now(),
      collection: { events, readings: [], resources, problems: [], calls: 1 },
    },
  });
  await story.judge();
}
const mark = (watermark: string, dc = "east") => ({
  type: "tidemark.watermark.v1" as const,
  data: { dc, marks: [{ eventType: "EndSong", watermark: instant(watermark).toISOString() }] },
});
const path = "/event-types/EndSong/hours/2026-11-22T12";
async function citedOf(query = ""): Promise<Record<string, DatacenterEvidenceJson["measuredBy"]>> {
  const { body } = await story.get(`${path}${query}`);
  return Object.fromEntries(body.datacenters.map(({ name, measuredBy }: DatacenterEvidenceJson) => [name, measuredBy]));
}

test("a watermark that a source states is cited with its resolution and visibility; one that a reporter states is not", async () => {
  await story.watermark("west", "2026-11-22T12:40:00Z");
  await look("13:22:00", "13:18:00", () => [mark("12:30:00")]);
  expect(await citedOf()).toEqual({
    east: [
      {
        fact: "watermark",
        source: "google",
        kind: "cloudMonitoring",
        sampledSeconds: 60,
        visibleSeconds: 240,
        message:
          "east's watermark is measured by Google Cloud Monitoring (source google): sampled every 60 s, visible up to 4 min late. Its lag reads up to 5 min more than it is.",
      },
    ],
    west: undefined,
  });
});

test("a watermark that stands is still cited, and a reporter that is ahead takes its place", async () => {
  await look("13:22:00", "13:18:00", () => [mark("12:30:00")]);
  await look("13:23:00", "13:19:00", () => [mark("12:30:00")]);
  expect((await citedOf()).east).toHaveLength(1);
  await story.watermark("east", "2026-11-22T12:31:00Z");
  expect((await citedOf()).east).toBeUndefined();
  await look("13:24:00", "13:20:00", () => [mark("12:30:30")]);
  expect((await citedOf()).east).toBeUndefined();
});

test("an hour's closing is cited where the sample closed it, also as of an instant, and not once a reporter closed it earlier", async () => {
  await story.watermark("west", "2026-11-22T13:01:00Z");
  await look("13:24:00", "13:20:00", () => [mark("13:02:00")]);
  await look("13:25:00", "13:21:00", () => [mark("13:05:00")]);
  expect((await citedOf()).east).toMatchObject([
    {
      fact: "closing",
      message:
        "east's closing is measured by Google Cloud Monitoring (source google): sampled every 60 s, visible up to 4 min late. It can be up to 60 s earlier than shown.",
    },
  ]);
  expect((await citedOf("?asOf=2026-11-22T13:24:30Z")).east).toMatchObject([{ fact: "closing" }]);
  story.clock.set("2026-11-22T13:19:00Z");
  await story.watermark("east", "2026-11-22T13:00:00Z");
  await story.at("2026-11-22T13:26:00Z");
  expect((await citedOf()).east).toBeUndefined();
});

test("a delivered count and a backlog are cited too, and the explanation cites what it rests on", async () => {
  await look("15:10:00", "15:08:00", () => [
    mark("12:30:00"),
    {
      type: "tidemark.counters.v1",
      data: {
        dc: "east",
        stage: "delivered",
        reporter: "source/google/t",
        reports: [{ eventType: "EndSong", hour: "2026-11-22T12", events: 5 }],
      },
    },
    {
      type: "tidemark.backlog.v1",
      data: { dc: "east", eventType: "EndSong", stage: "delivered", oldestAgeSeconds: 9_000, messages: 7 },
    },
  ]);
  const { east = [] } = await citedOf();
  expect(east.map(({ fact }) => fact)).toEqual(["backlog", "delivered", "watermark"]);
  const { body } = await story.get(`${path}/explanation`);
  const facts: string[] = body.causes.flatMap(({ evidence }: { evidence: { fact: string }[] }) =>
    evidence.map(({ fact }) => fact),
  );
  expect(facts).toContainEqual(expect.stringMatching(/^east's watermark is measured by .*\(source google\)/));
  expect(facts).toContainEqual(expect.stringMatching(/^east's backlog is measured by .*\(source google\)/));
});

test("what a deleted source stated is no longer cited", async () => {
  await look("13:22:00", "13:18:00", () => [mark("12:30:00")]);
  await story.test.database.sql.query("DELETE FROM source");
  expect((await citedOf()).east).toBeUndefined();
});
