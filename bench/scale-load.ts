// node bench/scale-load.ts [--hosts 10000 --times 10 --seconds 60]: part of npm run bench:scale.
// 500 types × 10,000 hosts × 10 types a minute, then ten times the hosts, through Pub/Sub and through HTTP: the time from
// ingesting a count to the verdict of its ended hour, and what the product's processes use meanwhile.
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { openPublisher } from "#server/adapters/pubsub.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import type { CloudEvent } from "#simulator/messages.ts";
import { type Product, startProduct } from "#test/product/start-product.ts";
import { listProductProcesses } from "#test/product-processes.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { describeMachine, formatTable, percentile, processorSeconds } from "./machine.ts";
import { datacenters, loadTypes } from "./page-catalogue.ts";
import { applyYesterday } from "./page-fleet.ts";
import { startFleet, typesOfHost } from "./scale-fleet.ts";
import { probeTypes, probeVerdicts } from "./scale-probe.ts";

const { values } = parseArgs({
  options: {
    hosts: { type: "string", default: "10000" },
    times: { type: "string", default: "10" },
    seconds: { type: "string", default: "60" },
    port: { type: "string", default: "3996" },
  },
});
const hosts = Number(values.hosts);
const seconds = Number(values.seconds);
const warmUpMs = 10_000;
const header = ["way", "hosts", "reports/s", "verdicts", "p50 ms", "p95 ms", "max ms", "processors used", "load"];

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const undo: (() => Promise<unknown>)[] = [];
try {
  process.stdout.write(`${await measure()}\n`);
} finally {
  for (const step of undo.reverse()) await step().catch((error) => process.stderr.write(`${error}\n`));
}

interface Way {
  name: string;
  messagesAtOnce: number;
  take(events: CloudEvent[]): Promise<void>;
}

async function measure(): Promise<string> {
  await buildWebApp({ say: (sentence) => process.stderr.write(`${sentence}\n`) });
  const emulator = hasPubsubEmulator ? await startTestPubsub() : null;
  if (emulator) undo.push(emulator.stop);
  else process.stderr.write("No Pub/Sub emulator on this machine: only HTTP is measured.\n");
  const pubsub = emulator && { PUBSUB_PROJECT_ID: "bench", PUBSUB_EMULATOR_HOST: emulator.host };
  const product = await startProduct({
    ...pubsub,
    PORT: values.port,
    TIDEMARK_NEW_NAMES_PER_HOUR: "reporters=1000000",
  });
  undo.push(product.stop);
  const databaseUrl = (await readRuntime(product.dataFolder))?.databaseUrl ?? "";
  const hour = addHours(hourOf(new Date()), -1);
  await applyYesterday(product, fleetCatalogue(formatHour(hour)));

  const ways: Way[] = [{ name: "HTTP", messagesAtOnce: 50, take: (events) => post(product, events) }];
  if (emulator) {
    const publisher = await openPublisher({ projectId: "bench", emulatorHost: emulator.host });
    undo.push(publisher.close);
    const publish = (event: CloudEvent) =>
      publisher.publish(Buffer.from(JSON.stringify(event)), { "content-type": "application/cloudevents+json" });
    const take = async (events: CloudEvent[]) => {
      await Promise.all(events.map(publish));
    };
    ways.unshift({ name: "Pub/Sub", messagesAtOnce: 10, take });
  }

  const rows: (string | number)[][] = [];
  for (const way of ways) {
    rows.push(await measureWay(way, 0));
    for (const count of new Set([hosts, hosts * Number(values.times)])) rows.push(await measureWay(way, count));
  }
  const { dirtyHours } = await product.get<{ dirtyHours: number }>("/status");
  return [
    `${describeMachine()}; ${loadTypes.length} types × ${datacenters.length} datacenters, ${typesOfHost} types a host each minute; ${seconds} s each; ${dirtyHours} hours waited to be judged at the end.`,
    "Without hosts: the reference. HTTP counts from the answer after the commit, Pub/Sub from the publishing.",
    "",
    formatTable(header, rows),
  ].join("\n");

  async function measureWay(way: Way, count: number): Promise<(string | number)[]> {
    const fleet = count === 0 ? null : startFleet(way.take, { hosts: count, messagesAtOnce: way.messagesAtOnce });
    await sleep(warmUpMs);
    const [startedAtMs, before] = [performance.now(), await productSeconds(product.dataFolder)];
    const times = await probeVerdicts({ databaseUrl, hour, seconds, take: (event) => way.take([event]) });
    const used = ((await productSeconds(product.dataFolder)) - before) / ((performance.now() - startedAtMs) / 1_000);
    const [rate, behindMs] = [fleet?.rate() ?? 0, fleet?.behindMs() ?? 0];
    const load = (loadavg()[0] ?? 0).toFixed(1);
    await fleet?.stop();
    const at = (share: number) => Math.round(percentile(times, share));
    if (behindMs > 5_000) process.stderr.write(`The sender was ${Math.round(behindMs / 1_000)} s behind its pace.\n`);
    const row = [way.name, count, Math.round(rate), times.length, at(0.5), at(0.95), at(1), used.toFixed(2), load];
    process.stderr.write(`${row.join(" ")}\n`);
    return row;
  }
}

async function post(product: Product, events: CloudEvent[]): Promise<void> {
  const headers = {
    authorization: `Bearer ${product.token}`,
    "content-type": "application/cloudevents-batch+json",
  };
  const answer = await fetch(`${product.url}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(events) });
  if (!answer.ok) throw new Error(`POST /events answered ${answer.status}: ${await answer.text()}`);
  await answer.body?.cancel();
}

function fleetCatalogue(activeFrom: string): string {
  const document = (kind: string, name: string, spec: object) => ({
    ...{ apiVersion: "tidemark/v1", kind, metadata: { name } },
    spec: { ...spec, activeFrom },
  });
  const documents = [
    ...datacenters.map((name) => document("Datacenter", name, {})),
    ...loadTypes.map((name) => document("EventType", name, { owner: "load", tier: "low" })),
    ...probeTypes.map(({ name, datacenter }) =>
      document("EventType", name, { owner: "paged", tier: "low", datacenters: [datacenter] }),
    ),
  ];
  return documents.map((each) => stringify(each, { lineWidth: 0 })).join("---\n");
}

/** CPU seconds of every process of the product, its PostgreSQL and connections that ended included. */
async function productSeconds(dataFolder: string): Promise<number> {
  const used = await Promise.all(
    (await listProductProcesses(dataFolder)).map(({ pid }) => processorSeconds(pid, { withEnded: true })),
  );
  return used.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}
