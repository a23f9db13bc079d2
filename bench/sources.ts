// What it takes to read 2,000 subscriptions and 500 Dataflow jobs each minute: calls, time, CPU and memory of one process.
import { fork } from "node:child_process";
import { once } from "node:events";
import { parseSource } from "#domain/source.ts";
import {
  type MonitoringEmulator,
  startMonitoringEmulator,
} from "#server/adapters/monitoring-emulator/start-monitoring-emulator.ts";
import { openDatabase } from "#server/db/database.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { loadKnownReadings, takeCollection } from "#server/sources/index.ts";
import { workerContext } from "#test/worker-context.ts";
import { cloudMonitoringCollector } from "../workers/collect/cloud-monitoring-collector.ts";
import { describeMachine } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";

const [subscriptions, jobs, minutes] = [2_000, 500, 10];
const project = "music";
const startMs = Math.floor(Date.now() / 60_000) * 60_000 - 20 * 60_000;

if (process.send) await serve();
else await measure();

/** The look-alike of Google's service, in a process of its own so that its cost is not counted. */
async function serve(): Promise<void> {
  let nowMs = startMs;
  const google = await startMonitoringEmulator({ now: () => nowMs });
  process.on("message", (minute: number) => {
    nowMs = startMs + minute * 60_000;
    putMinute(google, nowMs, minute);
    process.send?.({ calls: google.calls().length });
    google.forgetCalls();
  });
  for (let minute = -8; minute < 0; minute += 1) putMinute(google, startMs + minute * 60_000, minute);
  process.send?.({ host: google.host });
}

function putMinute(google: MonitoringEmulator, atMs: number, minute: number): void {
  const point = (value: number) => [
    {
      interval: { startTime: new Date(atMs - 60_000).toISOString(), endTime: new Date(atMs).toISOString() },
      value: { int64Value: String(value) },
    },
  ];
  for (let index = 0; index < subscriptions; index += 1) {
    const resource = {
      type: "pubsub_subscription",
      labels: { project_id: project, subscription_id: `Type${index % 400}-dc${Math.floor(index / 400)}` },
    };
    const metric = (name: string) => ({ type: `pubsub.googleapis.com/subscription/${name}`, labels: { region: "eu" } });
    google.put(
      { metric: metric("oldest_unacked_message_age_by_region"), resource, points: point(index % 90) },
      { metric: metric("num_unacked_messages_by_region"), resource, points: point(index) },
      {
        metric: { type: "pubsub.googleapis.com/subscription/dead_letter_message_count" },
        metricKind: "DELTA",
        resource,
        points: point(Math.abs(minute % 2)),
      },
    );
  }
  for (let index = 0; index < jobs; index += 1) {
    const resource = {
      type: "dataflow_job",
      labels: { project_id: project, region: "eu", job_name: `etl${index % 100}-dc${Math.floor(index / 100)}` },
    };
    const metric = (name: string) => ({
      type: `dataflow.googleapis.com/job/${name}`,
      labels: { job_id: `2026-11-20_${index}` },
    });
    for (const name of ["data_watermark_age", "system_lag", "backlog_bytes", "is_failed"])
      google.put({ metric: metric(name), resource, points: point(name === "is_failed" ? 0 : 60 + index) });
    google.put({
      metric: metric("status"),
      resource,
      points: [{ interval: { endTime: new Date(atMs).toISOString() }, value: { stringValue: "Running" } }],
    });
  }
}

async function measure(): Promise<void> {
  console.log(describeMachine());
  const child = fork(import.meta.filename);
  const [{ host }] = (await once(child, "message")) as [{ host: string }];
  const postgres = await startBenchPostgres();
  const database = openDatabase(postgres.url, { work: "collect", maxConnections: 4 });
  const parsed = parseSource({
    cloudMonitoring: {
      project,
      subscriptions: [{ match: "(?<type>Type\\d+)-(?<dc>dc\\d)", eventType: "$type", datacenter: "$dc" }],
      jobs: [
        {
          match: "etl(?<n>\\d+)-(?<dc>dc\\d)",
          eventTypes: ["Type$n", "Type1$n", "Type2$n", "Type3$n"],
          datacenter: "$dc",
        },
      ],
    },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  await database.sql.query(
    "INSERT INTO source (name, spec, updated_at, updated_by) VALUES ('google', '{}', now(), 'bench')",
  );
  const collector = await cloudMonitoringCollector(host).open(parsed.spec);
  let nowMs = startMs;
  const ctx = workerContext(database, { now: () => new Date(nowMs), speed: 1, toRealMs: (ms) => ms });
  const writer = new BatchWriter({
    database,
    clock: ctx.clock,
    instance: "bench",
    newNamesPerHour: { event_type: 10_000, datacenter: 100, reporter: 100 },
  });
  console.log(`${subscriptions} subscriptions, ${jobs} jobs, one process; minute by minute:`);
  for (let minute = 0; minute < minutes; minute += 1) {
    child.send(minute);
    const [{ calls: before }] = (await once(child, "message")) as [{ calls: number }];
    nowMs = startMs + minute * 60_000;
    const [startedMs, cpu] = [performance.now(), process.cpuUsage()];
    const known = await loadKnownReadings(database.sql, "google");
    const look = {
      name: "google",
      spec: parsed.spec,
      known,
      now: new Date(nowMs),
      signal: AbortSignal.timeout(300_000),
    };
    const collection = await collector.collect(look);
    const readMs = performance.now() - startedMs;
    await takeCollection({ ctx, input: { source: "google", collection, startedAt: look.now }, writer });
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      `  ${minute}: ${collection.calls} calls (the minute before: ${before} seen by the service), ${collection.readings.length} readings, ` +
        `${collection.events.length} facts, ${collection.problems.length} problems; ${Math.round(readMs)} ms to read, ` +
        `${Math.round(performance.now() - startedMs)} ms in all, ${Math.round((user + system) / 1000)} ms CPU, ` +
        `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB resident`,
    );
  }
  await collector.close();
  await database.close();
  await postgres.stop();
  child.kill();
}
