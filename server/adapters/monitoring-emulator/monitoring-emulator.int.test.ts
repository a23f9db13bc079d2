import type { MetricServiceClient } from "@google-cloud/monitoring";
import { status } from "@grpc/grpc-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openMonitoringClient } from "../monitoring-client.ts";
import type { TimeSeriesJson } from "./series.ts";
import { type MonitoringEmulator, startMonitoringEmulator } from "./start-monitoring-emulator.ts";

const start = Date.parse("2026-11-22T13:00:00Z");
const age = "pubsub.googleapis.com/subscription/oldest_unacked_message_age_by_region";
const closingDelay = "custom.googleapis.com/tidemark/closing_delay";
let nowMs = start;
let emulator: MonitoringEmulator;
let client: MetricServiceClient;

beforeAll(async () => {
  emulator = await startMonitoringEmulator({ now: () => nowMs, scopes: { scoping: ["music"] }, readsPerMinute: 40 });
  client = await openMonitoringClient({ emulatorHost: emulator.host });
});

beforeEach(() => {
  // A minute of its own for each test: quotas and series of one say nothing about the next.
  nowMs += 3_600_000;
  emulator.forgetCalls();
});

afterAll(async () => {
  await client.close();
  emulator.stop();
});

const seconds = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });

/** A subscription's age, a point a minute up to now. */
function ageSeries(subscription: string, minutes: number, project = "music"): TimeSeriesJson {
  return {
    metric: { type: age, labels: { region: "europe-west1" } },
    resource: { type: "pubsub_subscription", labels: { project_id: project, subscription_id: subscription } },
    points: Array.from({ length: minutes }, (_, back) => ({
      interval: { endTime: new Date(nowMs - back * 60_000).toISOString() },
      value: { int64Value: String(back) },
    })),
  };
}

function list(filter: string, more: { project?: string; pageSize?: number; minutes?: number } = {}) {
  return client.listTimeSeries(
    {
      name: `projects/${more.project ?? "music"}`,
      filter,
      interval: { startTime: seconds(nowMs - (more.minutes ?? 10) * 60_000), endTime: seconds(nowMs) },
      view: "FULL",
      ...(more.pageSize ? { pageSize: more.pageSize } : {}),
    },
    { autoPaginate: false, retry: null },
  );
}

function gauge(eventType: string, value: number, atMs = nowMs) {
  return {
    metric: { type: closingDelay, labels: { event_type: eventType } },
    resource: { type: "global", labels: {} },
    points: [{ interval: { endTime: seconds(atMs) }, value: { doubleValue: value } }],
  };
}

const write = (...timeSeries: ReturnType<typeof gauge>[]) =>
  client.createTimeSeries({ name: "projects/music", timeSeries }, { retry: null });

/** The newest value that was written of each event type. */
const written = () =>
  Object.fromEntries(emulator.written().map((series) => [series.metric.labels?.event_type, series.points[0]?.value]));

test("answers points newest first, once their delay of visibility is over", async () => {
  emulator.put(ageSeries("end-song", 10));
  const [series] = await list(`metric.type = "${age}" AND resource.labels.subscription_id = "end-song"`);
  expect(series).toHaveLength(1);
  expect(series[0]?.metricKind).toBe("GAUGE");
  expect(series[0]?.resource?.labels).toEqual({ project_id: "music", subscription_id: "end-song" });
  // Documented: visible after up to 120 s. So the points of this minute and the last one are missing.
  expect(series[0]?.points?.map((point) => point.value?.int64Value)).toEqual(["2", "3", "4", "5", "6", "7", "8", "9"]);
  expect(series[0]?.points?.[0]?.interval?.endTime?.seconds).toBe(String((nowMs - 120_000) / 1000));
});

test("filters by labels, functions, negation and alternatives", async () => {
  emulator.put(ageSeries("filter-a", 5), ageSeries("filter-b", 5), ageSeries("other", 5));
  const names = async (filter: string) => {
    const [series] = await list(`metric.type="${age}" ${filter}`, { minutes: 5 });
    return series.map((one) => one.resource?.labels?.subscription_id).sort();
  };
  expect(await names('AND resource.labels.subscription_id = starts_with("filter-")')).toEqual(["filter-a", "filter-b"]);
  expect(await names('resource.label."subscription_id"="filter-a"')).toEqual(["filter-a"]);
  expect(await names('AND resource.labels.subscription_id = monitoring.regex.full_match("o.*r")')).toEqual(["other"]);
  expect(await names('AND resource.labels.subscription_id = one_of("other", "filter-b")')).toEqual([
    "filter-b",
    "other",
  ]);
  expect(
    await names('AND (resource.labels.subscription_id = "other" OR resource.labels.subscription_id = "filter-a")'),
  ).toEqual(["filter-a", "other"]);
  expect(await names('AND NOT resource.labels.subscription_id = starts_with("filter-")')).toEqual(["other"]);
  expect(await names('AND metric.labels.region != "europe-west1"')).toEqual([]);
});

test("a page holds as many points as it was asked for, and may end within a series", async () => {
  emulator.put(ageSeries("page-a", 6), ageSeries("page-b", 6));
  const filter = `metric.type="${age}" AND resource.labels.subscription_id = starts_with("page-")`;
  const [first, next] = await list(filter, { pageSize: 5 });
  expect(first.map((series) => series.points?.length)).toEqual([4, 1]);
  const [second] = await client.listTimeSeries(next as object, { autoPaginate: false });
  expect(second.map((series) => series.points?.length)).toEqual([3]);
});

test("a metrics scope answers with other projects' series too, unless the filter names the project", async () => {
  emulator.put(ageSeries("scope-a", 5, "music"), ageSeries("scope-b", 5, "scoping"), ageSeries("scope-c", 5, "unseen"));
  const filter = `metric.type="${age}" AND resource.labels.subscription_id = starts_with("scope-")`;
  const projects = async (text: string) => {
    const [series] = await list(text, { project: "scoping" });
    return series.map((one) => one.resource?.labels?.project_id).sort();
  };
  expect(await projects(filter)).toEqual(["music", "scoping"]);
  expect(await projects(`${filter} AND project = "scoping"`)).toEqual(["scoping"]);
  expect(await projects(`${filter} AND resource.labels.project_id = "music"`)).toEqual(["music"]);
});

test("a filter without a metric type, of an unknown one, or by a label that the resource lacks is refused", async () => {
  const refused = (filter: string) => list(filter).then(String, ({ code, details }) => ({ code, details }));
  expect(await refused('resource.type = "pubsub_subscription"')).toMatchObject({
    code: status.INVALID_ARGUMENT,
    details: expect.stringContaining("must specify a restriction on"),
  });
  expect(await refused('metric.type = "custom.googleapis.com/nothing"')).toMatchObject({ code: status.NOT_FOUND });
  expect(
    await refused('metric.type = "dataflow.googleapis.com/job/system_lag" AND resource.labels.job_id = "1"'),
  ).toMatchObject({ code: status.INVALID_ARGUMENT, details: expect.stringContaining("valid combination") });
  expect(await refused(`metric.type = "${age}" AND`)).toMatchObject({ code: status.INVALID_ARGUMENT });
  expect(await refused(`metric.type = "${age}" AND project = "a" OR project = "b"`)).toMatchObject({
    details: expect.stringContaining("needs parentheses"),
  });
});

test("a known metric without points is an empty answer, not an error", async () => {
  expect((await list('metric.type = "dataflow.googleapis.com/job/status"'))[0]).toEqual([]);
});

test("reads beyond the quota of a minute are RESOURCE_EXHAUSTED until the next one", async () => {
  const filter = `metric.type="${age}"`;
  for (let call = 0; call < 40; call++) await list(filter);
  await expect(list(filter)).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  nowMs += 60_000;
  await expect(list(filter)).resolves.toBeDefined();
});

test("fails, or answers incompletely, when a test asks for it", async () => {
  const filter = `metric.type="${age}"`;
  emulator.fail({ method: "listTimeSeries", code: status.PERMISSION_DENIED, message: "no monitoring.timeSeries.list" });
  await expect(list(filter)).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
  emulator.fail({ executionErrors: [{ code: status.UNAVAILABLE, message: "europe-west1 did not answer" }] });
  const [, , answer] = await list(filter);
  expect(answer.executionErrors).toMatchObject([{ message: "europe-west1 did not answer" }]);
  expect(emulator.calls().map(({ code }) => code)).toEqual([status.PERMISSION_DENIED, status.OK]);
});

test("writes a point a series, and gives a metric without a descriptor one", async () => {
  await write(gauge("EndSong", 12.5), gauge("AdClick", 3));
  expect(written()).toMatchObject({ EndSong: { doubleValue: 12.5 }, AdClick: { doubleValue: 3 } });
  const [descriptors] = await client.listMetricDescriptors({
    name: "projects/music",
    filter: 'metric.type = starts_with("custom.googleapis.com/tidemark/")',
  });
  expect(descriptors).toMatchObject([{ type: closingDelay, metricKind: "GAUGE", valueType: "DOUBLE" }]);
});

test("a refused series does not hold back the others, and the answer counts both by reason", async () => {
  await write(gauge("Ordered", 1), gauge("Frequent", 1));
  const failure = await write(
    gauge("Ordered", 2, nowMs - 1_000),
    gauge("Frequent", 2, nowMs + 4_999),
    gauge("Written", 7),
  ).then(
    () => null,
    (error) => error,
  );
  expect(failure.code).toBe(status.INVALID_ARGUMENT);
  expect(failure.message).toContain("One or more TimeSeries could not be written");
  expect(failure.message).toContain("timeSeries[0]");
  expect(failure.statusDetails[0]).toMatchObject({
    totalPointCount: 3,
    successPointCount: 1,
    errors: [
      { pointCount: 1, status: { message: expect.stringContaining("written in order") } },
      { pointCount: 1, status: { message: expect.stringContaining("written more frequently") } },
    ],
  });
  expect(written()).toMatchObject({
    Ordered: { doubleValue: 1 },
    Frequent: { doubleValue: 1 },
    Written: { doubleValue: 7 },
  });
});

test("refuses the whole of a request that is over a limit", async () => {
  const refused = (...series: ReturnType<typeof gauge>[]) =>
    write(...series).then(
      () => "written",
      ({ code, details }) => `${code} ${details}`,
    );
  const many = Array.from({ length: 201 }, (_, index) => gauge(`Many${index}`, 1));
  expect(await refused(...many)).toContain("A maximum of 200 TimeSeries");
  expect(await refused(...many.slice(1))).toBe("written");
  expect(await refused(gauge("New", 1), gauge("New", 1))).toContain("Duplicate TimeSeries");
  expect(await refused(gauge("Old", 1, nowMs - 25 * 3_600_000 - 1))).toContain("more than 25 hours in the past");
  expect(await refused(gauge("Ahead", 1, nowMs + 301_000))).toContain("more than 5 minutes in the future");
  const two = gauge("Two", 1);
  two.points.push(...gauge("Two", 2, nowMs + 10_000).points);
  expect(await refused(two)).toContain("Only one point");
  const foreign = { ...gauge("Foreign", 1), metric: { type: age, labels: { event_type: "x" } } };
  expect(await refused(foreign)).toContain("must be a user-defined metric");
  expect(Object.keys(written())).not.toContain("New");
});

test("takes series over HTTP in the JSON of Google's REST API, and says what is wrong with others", async () => {
  const open = await startMonitoringEmulator({ now: () => nowMs, door: true });
  const reader = await openMonitoringClient({ emulatorHost: open.host });
  const post = async (body: string, path = "/v3/projects/music/timeSeries:createService") => {
    const response = await fetch(`${open.doorUrl}${path}`, { method: "POST", body });
    return `${response.status} ${await response.text()}`;
  };
  expect(await post(JSON.stringify({ timeSeries: [ageSeries("over-http", 5)] }))).toBe("200 {}");
  const [series] = await reader.listTimeSeries({
    name: "projects/music",
    filter: `metric.type = "${age}"`,
    interval: { startTime: seconds(nowMs - 600_000), endTime: seconds(nowMs) },
    view: "FULL",
  });
  expect(series.map((one) => one.resource?.labels?.subscription_id)).toEqual(["over-http"]);
  expect(await post("{")).toMatch(/^400 /);
  expect(await post("{}")).toBe('400 {"error":{"code":400,"message":"timeSeries must be a list."}}');
  expect(await post("{}", "/v3/projects/music/timeSeries")).toContain("Only POST /v3/projects");
  const late = { ...ageSeries("x", 1), points: [{ interval: { endTime: "yesterday" }, value: { int64Value: "1" } }] };
  expect(await post(JSON.stringify({ timeSeries: [late] }))).toContain("is not an RFC 3339 time");
  await reader.close();
  open.stop();
});

test("a descriptor keeps its kind, its type and its labels", async () => {
  const create = (type: string, valueType: "DOUBLE" | "INT64", key: string) =>
    client.createMetricDescriptor({
      name: "projects/music",
      metricDescriptor: { type, metricKind: "GAUGE", valueType, unit: "s", labels: [{ key }] },
    });
  const type = "custom.googleapis.com/tidemark/kept";
  await create(type, "DOUBLE", "event_type");
  const [updated] = await create(type, "DOUBLE", "datacenter");
  expect(updated.labels?.map(({ key }) => key)).toEqual(["event_type", "datacenter"]);
  await expect(create(type, "INT64", "event_type")).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  await expect(create(age, "INT64", "event_type")).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  const [described] = await client.getMetricDescriptor({ name: `projects/music/metricDescriptors/${type}` });
  expect(described.unit).toBe("s");
  const wrong = { ...gauge("EndSong", 1), metric: { type, labels: { event_type: "EndSong" } } };
  const integer = { ...wrong, points: [{ interval: { endTime: seconds(nowMs) }, value: { int64Value: 1 } }] };
  await expect(
    client.createTimeSeries({ name: "projects/music", timeSeries: [integer] }, { retry: null }),
  ).rejects.toThrow("must be DOUBLE, but is INT64");
});
