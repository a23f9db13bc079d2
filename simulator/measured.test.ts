import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseHour } from "#domain/hour.ts";
import { mapResource, parseSource } from "#domain/source.ts";
import { silentDatacenter } from "./incidents.ts";
import { snapshotMessages } from "./live.ts";
import { isMeasured, measuredSeries, sourceYaml } from "./measured.ts";
import { makeSimulation } from "./simulation.ts";

const at = new Date("2026-11-22T13:42:10Z");
const terms = { seed: 1, types: 8, startAt: parseHour("2026-11-20T13") ?? at, liveAt: at };
const calm = makeSimulation({ ...terms, incidents: () => [] });
const fiveMinutesAgo = new Date(at.getTime() - 5 * 60_000);

test("each measured lane has a point of every metric at each whole minute", () => {
  const series = measuredSeries(calm, fiveMinutesAgo, at);
  const lanes = [...calm.lanes.values()].flat().filter(isMeasured);
  expect(lanes.map(({ type }) => type.name).sort()).toEqual(["CoverArtChanged", "PlaylistEdit", "SearchQuery"]);
  expect(series).toHaveLength(5 * 4 * lanes.length);
  const ends = new Set(series.map(({ points }) => points[0]?.interval.endTime));
  expect([...ends]).toEqual([38, 39, 40, 41, 42].map((minute) => `2026-11-22T13:${minute}:00.000Z`));
  const age = series.find(({ metric }) => metric.type.endsWith("/data_watermark_age"));
  expect(age?.points[0]?.value).toEqual({ int64Value: expect.stringMatching(/^[1-9]\d+$/) });
});

test("a silent region has no points", () => {
  const terms2 = { id: "silent", dc: "gcp-eu", fromAt: fiveMinutesAgo, toAt: new Date("2026-11-22T13:41:00Z") };
  const silent = makeSimulation({ ...terms, incidents: () => [silentDatacenter(terms2)] });
  const ends = measuredSeries(silent, fiveMinutesAgo, at).map(({ points }) => points[0]?.interval.endTime);
  expect([...new Set(ends)]).toEqual(["2026-11-22T13:41:00.000Z", "2026-11-22T13:42:00.000Z"]);
});

test("the fleet does not report what is measured, and reports everything where nothing is", () => {
  const lanesOf = (isMonitored: boolean) => {
    const messages = [...snapshotMessages(calm, null, at, isMonitored)];
    const marks = messages
      .filter(({ type, data }) => type === "tidemark.watermark.v1" && data.dc === "gcp-eu")
      .flatMap(({ data }) => (data.marks as { eventType: string }[]).map(({ eventType }) => eventType));
    const gauges = messages
      .filter(({ type, data }) => type === "tidemark.backlog.v1" && data.dc === "gcp-eu")
      .map(({ data }) => data.eventType);
    return { marks, gauges };
  };
  expect(lanesOf(true).marks).not.toContain("SearchQuery");
  expect(lanesOf(true).gauges).not.toContain("SearchQuery");
  expect(lanesOf(true).marks).toContain("EndSong");
  expect(lanesOf(false).marks).toContain("SearchQuery");
  expect(lanesOf(false).gauges).toContain("SearchQuery");
});

test("the source's document maps every resource to its lane", () => {
  const parsed = parseSource(parse(sourceYaml("tidemark-demo")).spec);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const { subscriptions, jobs } = parsed.spec.cloudMonitoring ?? { subscriptions: [], jobs: [] };
  const series = measuredSeries(calm, new Date(at.getTime() - 60_000), at);
  const mapped = series.map(({ resource: { labels } }) =>
    labels.job_name ? mapResource(jobs, labels.job_name) : mapResource(subscriptions, labels.subscription_id ?? ""),
  );
  expect(mapped).toHaveLength(12);
  expect(new Set(mapped.map((each) => each?.datacenter))).toEqual(new Set(["gcp-eu"]));
  expect(new Set(mapped.flatMap((each) => each?.eventTypes))).toEqual(
    new Set(["CoverArtChanged", "PlaylistEdit", "SearchQuery"]),
  );
});
