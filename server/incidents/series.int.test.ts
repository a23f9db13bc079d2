import { afterEach, beforeEach, expect, it } from "vitest";
import type { IncidentSeriesJson } from "#domain/api/incident-series.ts";
import { dropOldSamples } from "#server/explain/index.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";
import { recordIncidentSamples } from "./record-incident-samples.ts";

let story: HourStory;
let id: string;

// East lost 7 events of hour 9: an incident with two alerts, opened at 10:16.
const eastLost = openingOf(
  { now: "2026-11-22T09:00:00Z", activeFrom: "2026-11-22T09:00:00Z", deadlineSeconds: 7200 },
  async (lived) => {
    await lived.at("2026-11-22T10:01:00Z");
    await lived.settle("2026-11-22T09", { lost: 7 });
    await lived.at("2026-11-22T10:16:01Z");
    for (const dc of ["east", "west"])
      await lived.say("tidemark.heartbeat.v1", { dc, component: "exporter", instance: "exporter-1" });
    await tickAlerts({ ctx: workerContext(lived.test.database, lived.clock) });
  },
);
beforeEach(async () => {
  story = await eastLost.begin();
  id = (await story.get("/incidents")).body.items[0].id;
});
afterEach(() => story.end());

const sql = () => story.test.database.sql;
const record = () => recordIncidentSamples(sql(), story.clock.now());
const series = async (search = ""): Promise<IncidentSeriesJson> =>
  (await story.get(`/incidents/${id}/series${search}`)).body;

/** East's lane by the minute: its watermark stands at 10:00, and 10 events more wait each minute. */
async function sampleLanes(from: string, to: string): Promise<void> {
  await sql().query(
    `INSERT INTO lane_sample (at, datacenter_id, event_type_ids, watermarks, from_hours, produced, published, delivered, skewed)
     SELECT at, d.id, ARRAY[t.id], ARRAY['2026-11-22T10:00Z'::timestamptz], ARRAY['2026-11-22T09:00Z'::timestamptz],
            ARRAY[1000 + 10 * date_part('minute', at)::bigint], ARRAY[NULL::bigint], ARRAY[1000], ARRAY[0]
       FROM generate_series($1::timestamptz, $2, interval '1 minute') at, datacenter d, event_type t
      WHERE t.name = 'EndSong'`,
    [from, to],
  );
}

it("an incident's minutes are lag, waiting events and firing alerts, from before the onset", async () => {
  await sampleLanes("2026-11-22T10:10:00Z", "2026-11-22T10:20:00Z");
  await story.at("2026-11-22T10:20:30Z");
  await record();
  const { datacenters, points, stepSeconds } = await series();
  expect(datacenters).toEqual(["east"]);
  expect(stepSeconds).toBe(60);
  expect(points.map(({ at, firing, waiting, lagSeconds }) => [at.slice(11, 16), firing, waiting, lagSeconds])).toEqual([
    ["10:10", 0, 100, [600]],
    ["10:11", 0, 110, [660]],
    ["10:12", 0, 120, [720]],
    ["10:13", 0, 130, [780]],
    ["10:14", 0, 140, [840]],
    ["10:15", 0, 150, [900]],
    ["10:16", 0, 160, [960]],
    ["10:17", 2, 170, [1020]],
    ["10:18", 2, 180, [1080]],
    ["10:19", 2, 190, [1140]],
    ["10:20", 2, 200, [1200]],
  ]);
});

it("each minute is kept once, and stays when the lanes' samples are dropped", async () => {
  await sampleLanes("2026-11-22T10:10:00Z", "2026-11-22T10:14:00Z");
  await story.at("2026-11-22T10:20:30Z");
  await Promise.all([record(), record()]);
  await sampleLanes("2026-11-22T10:15:00Z", "2026-11-22T10:20:00Z");
  await record();
  await dropOldSamples(sql(), new Date("2026-11-26T00:00:00Z"));
  expect((await series()).points).toHaveLength(11);
});

it("what people did, what was deployed and what closed are marks on the same axis", async () => {
  await story.api.call("POST", `/api/v1/incidents/${id}/note`, { body: { note: "Restarted it." } });
  await story.say("tidemark.deployment.v1", { dc: "east", component: "exporter", version: "4.2.1" });
  await story.say("tidemark.deployment.v1", { dc: "west", component: "exporter", version: "4.2.1" });
  await story.at("2026-11-22T10:20:00Z");
  const { marks } = await series();
  expect(marks.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    expect.stringMatching(/^closing: .*closed$/),
    "act: Restarted it. admin",
    "deployment: exporter 4.2.1 at east",
  ]);
});

it("a long range is thinned to 720 points, each a minute that was", async () => {
  await sampleLanes("2026-11-22T10:10:00Z", "2026-11-23T09:00:00Z");
  await story.at("2026-11-23T09:00:30Z");
  await record();
  const { points, stepSeconds } = await series();
  expect(points.length).toBeGreaterThan(300);
  expect(points.length).toBeLessThanOrEqual(720);
  expect(stepSeconds).toBe(180);
  const narrow = await series("?from=2026-11-22T10:15:00Z&to=2026-11-22T10:17:00Z");
  expect(narrow.points.map(({ at }) => at.slice(11, 16))).toEqual(["10:15", "10:16", "10:17"]);
});

it.each([
  ["?from=2026-11-22T11:00:00Z&to=2026-11-22T10:00:00Z", /not before/],
  ["?from=2020-01-01T00:00:00Z&to=2026-11-22T10:00:00Z", /longer than 400 days/],
  ["?from=yesterday", /from/],
  ["?until=2026-11-22T10:00:00Z", /until/],
])("%s is refused with what is wrong", async (search, why) => {
  const { status, body } = await story.get(`/incidents/${id}/series${search}`);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toMatch(why);
});

it("an incident that does not exist has no series", async () => {
  expect((await story.get("/incidents/999999/series")).status).toBe(404);
});
