import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { exportedMetrics } from "#domain/metric-export.ts";
import { type MetricWriter, openMetricWriter } from "#server/adapters/metric-writer.ts";
import {
  type MonitoringEmulator,
  startMonitoringEmulator,
  status,
} from "#server/adapters/monitoring-emulator/start-monitoring-emulator.ts";
import { readMetricExport } from "#server/metric-export/index.ts";
import type { Log } from "#server/process/log.ts";
import { HourStory } from "#test/hour-story.ts";
import { startWorker } from "#test/notify-process.ts";
import { until } from "#test/until.ts";
import { unwatched, workerContext } from "#test/worker-context.ts";
import { exportMetrics } from "./export-loop.ts";

const project = "metrics";
const eventTypes = ["EndSong", ...Array.from({ length: 219 }, (_, index) => `Type${index}`)];
let story: HourStory;
let emulator: MonitoringEmulator;
/** Google's clock, and that of the loops in this process. */
let nowMs = Date.parse("2026-11-30T12:00:10Z");
let logged: string[];
let pointsRecorded: number;
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  story = await HourStory.begin({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T11:00:00Z", eventTypes });
  await story.settle("2026-11-22T11", { lost: 250 });
  await story.at("2026-11-22T13:50:00Z");
});
afterAll(() => story.end());

beforeEach(async () => {
  nowMs += 86_400_000;
  logged = [];
  pointsRecorded = 0;
  await story.test.database.sql.query("TRUNCATE metric_export; DELETE FROM lease");
  emulator = await startMonitoringEmulator({ now: () => nowMs, minSpacingMs: 10_000 });
  undo.push(() => emulator.stop());
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const note = (_: unknown, sentence: string) => void logged.push(sentence);
const log = { error: note, info: (sentence: string) => void logged.push(sentence) } as unknown as Log;

interface LoopOptions {
  types?: number;
  open?: () => Promise<MetricWriter>;
}

const openWriter = () => openMetricWriter({ project, namespace: "test", emulatorHost: emulator.host });

/** The loop of one process; returns its end. */
function start(instance: string, { types = 1_000, open = openWriter }: LoopOptions = {}): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = exportMetrics({
    ctx: workerContext(story.test.database, story.clock),
    instance,
    log,
    clockCheck: unwatched.clockCheck,
    signal,
    project,
    eventTypes: types,
    openWriter: open,
    realNow: () => new Date(nowMs),
    pause: () => sleep(5),
  });
  const stop = async () => {
    stopping.abort();
    await running;
  };
  undo.push(stop);
  return stop;
}

const state = () => readMetricExport(story.test.database.sql, project);

/** A turn was recorded since the last look: its points are written, or counted as not written. */
const untilRecorded = () =>
  until("the minute is recorded", async () => {
    const { pointsWritten = 0, pointsNotWritten = 0 } = (await state()) ?? {};
    const points = pointsWritten + pointsNotWritten;
    if (points === pointsRecorded) return false;
    pointsRecorded = points;
    return true;
  });

async function nextMinute(): Promise<void> {
  nowMs += 60_000;
  await untilRecorded();
}

const series = (name: string, labels: Record<string, string> = {}) =>
  emulator
    .written()
    .find(
      ({ metric }) =>
        metric.type === `custom.googleapis.com/tidemark/${name}` &&
        Object.entries(labels).every(([key, value]) => metric.labels?.[key] === value),
    );
const newest = (name: string, labels?: Record<string, string>) => series(name, labels)?.points[0]?.value;
const writes = () => emulator.calls().filter(({ method }) => method === "createTimeSeries");

test("figures become custom metrics with units, labels and descriptions; what is unknown is not written", async () => {
  start("a");
  await untilRecorded();
  expect(newest("event_type/closing_delay", { event_type: "EndSong" })).toEqual({ doubleValue: 4800 });
  expect(newest("event_type/completeness", { event_type: "EndSong" })).toEqual({ doubleValue: 0.875 });
  expect(newest("event_type/lost", { event_type: "EndSong" })).toEqual({ int64Value: "250" });
  expect(newest("lane/lost", { event_type: "EndSong", datacenter: "west" })).toEqual({ int64Value: "0" });
  expect(newest("lane/completeness", { event_type: "EndSong", datacenter: "east" })).toEqual({ doubleValue: 0.75 });
  expect(newest("open_incidents", { severity: "page" })).toEqual({ int64Value: "1" });
  expect(newest("open_incidents", { severity: "info" })).toEqual({ int64Value: "0" });
  // It never closed an hour, and no count of it is known.
  expect(series("event_type/closing_delay", { event_type: "Type0" })).toBeUndefined();
  expect(series("event_type/lost", { event_type: "Type0" })).toBeUndefined();
  expect(series("open_incidents")?.resource).toEqual({
    type: "generic_task",
    labels: { project_id: project, location: "global", namespace: "test", job: "tidemark", task_id: "export" },
  });
  const descriptors = emulator.descriptors(project);
  expect(descriptors).toHaveLength(exportedMetrics.length);
  for (const { name, unit, description, labels } of exportedMetrics) {
    const found = descriptors.find(({ type }) => type.endsWith(`/tidemark/${name}`));
    expect(found).toMatchObject({ unit, description, labels: labels.map((key) => ({ key })) });
  }
});

test("of two writers one writes each minute, in order, and descriptors are made once", async () => {
  start("a");
  start("b");
  await untilRecorded();
  for (let minute = 0; minute < 3; minute++) await nextMinute();
  const points = series("open_incidents", { severity: "page" })?.points ?? [];
  expect(points.map(({ interval }) => Date.parse(interval.endTime))).toEqual(
    [0, 1, 2, 3].map((back) => nowMs - back * 60_000),
  );
  expect(writes().every(({ code }) => code === 0)).toBe(true);
  const made = emulator.calls().filter(({ method }) => method === "createMetricDescriptor");
  expect(made).toHaveLength(exportedMetrics.length);
});

test("a writer that stops hands over, and the next one neither repeats its point nor makes descriptors again", async () => {
  const stop = start("a");
  await untilRecorded();
  await stop();
  emulator.forgetCalls();
  start("b");
  await nextMinute();
  expect(series("open_incidents", { severity: "page" })?.points).toHaveLength(2);
  expect(emulator.calls().map(({ method, code }) => `${method} ${code}`)).not.toContain("createMetricDescriptor 0");
  expect(writes().every(({ code }) => code === 0)).toBe(true);
});

test("a request holds at most 200 series, and only the types at greatest risk are written", async () => {
  const stop = start("a");
  await untilRecorded();
  const sizes = writes().map(({ series: count }) => count);
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe((await state())?.series);
  await stop();
  emulator.forgetCalls();
  start("b", { types: 2 });
  await nextMinute();
  expect(newest("event_types_left_out")).toEqual({ int64Value: String(eventTypes.length - 2) });
  expect(writes()).toHaveLength(1);
  expect(await state()).toMatchObject({ eventTypesLeftOut: eventTypes.length - 2, error: null });
});

test("an exhausted quota is said with what to do, logged once, and the next minutes' points are newer ones", async () => {
  start("a", { types: 1 });
  await untilRecorded();
  const { pointsWritten = 0, series: size = 0 } = (await state()) ?? {};
  emulator.fail({ method: "createTimeSeries", code: status.RESOURCE_EXHAUSTED, message: "Quota exceeded.", times: 2 });
  await nextMinute();
  expect(await state()).toMatchObject({
    error: expect.stringMatching(/Quota exceeded\. The project's quota is used up: raise it, or lower/),
    pointsNotWritten: size,
    pointsWritten,
  });
  await nextMinute();
  expect(logged.filter((sentence) => sentence.includes("failed"))).toHaveLength(1);
  await nextMinute();
  expect(await state()).toMatchObject({ error: null, failingSeconds: null, pointsNotWritten: 2 * size });
  expect(series("open_incidents", { severity: "page" })?.points).toHaveLength(2);
});

test("points that Google refuses are counted with its reason, and the others of the request are written", async () => {
  const other = await openWriter();
  undo.push(() => other.close());
  const [metric] = exportedMetrics.filter(({ name }) => name === "open_incidents");
  if (!metric) throw new Error("no such metric");
  // Someone else wrote this series, two minutes ahead.
  await other.write([{ metric, labels: { severity: "page" }, value: 7 }], new Date(nowMs + 120_000));
  start("a", { types: 1 });
  await untilRecorded();
  expect(await state()).toMatchObject({
    error: expect.stringMatching(/^Google refused 1 of \d+ points: Points must be written in order/),
    pointsNotWritten: 1,
  });
  expect(newest("open_incidents", { severity: "ticket" })).toEqual({ int64Value: "0" });
  expect(newest("open_incidents", { severity: "page" })).toEqual({ int64Value: "7" });
});

test("a frozen writer's old points arrive after its successor's, are refused, and change nothing that is said", async () => {
  const thaw = Promise.withResolvers<void>();
  const frozen = async () => {
    const writer = await openWriter();
    return {
      ...writer,
      write: async (...args: Parameters<MetricWriter["write"]>) => {
        await thaw.promise;
        return writer.write(...args);
      },
    };
  };
  const stop = start("frozen", { types: 1, open: frozen });
  await until("it claimed its minute", async () => {
    const { rowCount } = await story.test.database.sql.query("SELECT FROM metric_export");
    return rowCount === 1;
  });
  await story.test.database.sql.query("UPDATE lease SET expires_at = now() - interval '1 s'");
  start("successor", { types: 1 });
  await nextMinute();
  const before = emulator.written();
  thaw.resolve();
  await stop();
  expect(emulator.written()).toEqual(before);
  expect(writes().map(({ code }) => code)).toContain(status.INVALID_ARGUMENT);
  expect(await state()).toMatchObject({ error: null, pointsNotWritten: before.length });
});

test("after kill -9 of the real process another one takes over with newer points", async () => {
  nowMs = Date.now();
  emulator.stop();
  // Its minutes are brought forward below: the real ones would take too long.
  emulator = await startMonitoringEmulator({ now: Date.now, minSpacingMs: 1 });
  const env = { MONITORING_EMULATOR_HOST: emulator.host, TIDEMARK_MONITORING_EXPORT_PROJECT: project };
  const untilWritten = (points: number) =>
    until(`it wrote ${points} points a series`, async () => {
      const found = series("open_incidents", { severity: "page" })?.points.length ?? 0;
      return found === points || `${found}: ${(await state())?.error}`;
    });
  const first = startWorker("collect", story.test.database.directUrl, env);
  undo.push(() => first.kill());
  await untilWritten(1);
  await first.kill();
  await story.test.database.sql.query(
    "UPDATE metric_export SET point_at = point_at - interval '1 min'; UPDATE lease SET expires_at = now() - interval '1 s'",
  );
  const second = startWorker("collect", story.test.database.directUrl, env);
  undo.push(() => second.stop());
  await untilWritten(2);
  expect(writes().every(({ code }) => code === 0)).toBe(true);
  expect(series("open_incidents")?.resource.labels?.namespace).toBe("tidemark");
});

test("a refused permission is said with the role that it needs", async () => {
  emulator.fail({ method: "listMetricDescriptors", code: status.PERMISSION_DENIED, message: "Permission denied." });
  start("a", { types: 1 });
  await untilRecorded();
  expect((await state())?.error).toBe(
    "Project metrics: Permission denied. Grant Tidemark's service account roles/monitoring.metricWriter on the project.",
  );
  await nextMinute();
  expect((await state())?.error).toBeNull();
});
