// npm run bench:page [-- --incidents 200 --reports 5000 --port 3997]
// From sending a fact to the webhook that reports it: the whole product as `npm start` runs it, with reports in the background, and
// Prometheus with Alertmanager watching the same facts at the same time.
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { addHours, hourOf } from "#domain/hour.ts";
import { openPublisher } from "#server/adapters/pubsub.ts";
import type { CloudEvent } from "#simulator/messages.ts";
import { type Product, startProduct } from "#test/product/start-product.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { describeMachine, formatTable, percentile } from "./machine.ts";
import { pageCatalogue, pagedTypes } from "./page-catalogue.ts";
import { lossyCounts } from "./page-facts.ts";
import { applyYesterday } from "./page-fleet.ts";
import { measureIncidents } from "./page-incidents.ts";
import { startLoad } from "./page-load.ts";
import { startPageReceiver } from "./page-receiver.ts";
import { startReference } from "./page-reference.ts";
import type { Stages } from "./page-stages.ts";

const { values } = parseArgs({
  options: {
    incidents: { type: "string", default: "200" },
    reports: { type: "string", default: "5000" },
    port: { type: "string", default: "3997" },
  },
});
const incidentsOfEach = Number(values.incidents);
const reportsPerSecond = Number(values.reports);
const warmUpMs = 10_000;

if (!hasPubsubEmulator) {
  process.stderr.write("This bench needs Google's Pub/Sub emulator, which comes with the Google Cloud SDK.\n");
  process.exit(1);
}
// If killed, it still stops the product and the reference.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const undo: (() => Promise<unknown>)[] = [];
try {
  process.stdout.write(`${await measure()}\n`);
} finally {
  for (const step of undo.reverse()) await step().catch((error) => process.stderr.write(`${error}\n`));
}

async function measure(): Promise<string> {
  const emulator = await startTestPubsub();
  undo.push(emulator.stop);
  await buildWebApp({ say: (sentence) => process.stderr.write(`${sentence}\n`) });
  const pubsub = { PUBSUB_PROJECT_ID: "bench", PUBSUB_EMULATOR_HOST: emulator.host };
  const product = await startProduct({ ...pubsub, PORT: values.port });
  undo.push(product.stop);
  const publisher = await openPublisher({ projectId: "bench", emulatorHost: emulator.host });
  undo.push(publisher.close);
  const publish = (event: CloudEvent) =>
    publisher.publish(Buffer.from(JSON.stringify(event)), { "content-type": "application/cloudevents+json" });
  const receiver = await startPageReceiver();
  undo.push(receiver.stop);

  const loadHour = hourOf(new Date());
  const hour = addHours(loadHour, -1);
  const ways = [
    { name: "Pub/Sub", say: publish },
    { name: "HTTP", say: (event: CloudEvent) => post(product, event) },
  ];
  const paged = pagedTypes(incidentsOfEach * ways.length);
  await applyYesterday(product, pageCatalogue({ paged, hour, loadHour, webhookUrl: receiver.urlFor("tidemark") }));
  for (const event of lossyCounts(paged, hour)) await publish(event);
  const reference = await startReference(paged, receiver.urlFor("reference"));
  if (reference) undo.push(reference.stop);
  const load = startLoad(publish, loadHour, reportsPerSecond);
  undo.push(load.stop);
  await sleep(warmUpMs);

  const loads = [loadavg()[0] ?? 0];
  const { times, referenceTimes, stages, incidents } = await measureIncidents({
    ...{ paged, hour, ways, product, receiver, reference },
    onIncident: (count) => {
      if (count % 20 > 0) return;
      loads.push(loadavg()[0] ?? 0);
      process.stderr.write(`${count} of ${paged.length} incidents\n`);
    },
  });
  const rate = load.rate();
  const { dirtyHours } = await product.get<{ dirtyHours: number }>("/status");
  const rows = [...times].map(([name, each]) => figures(`Tidemark, reported over ${name}`, each));
  if (reference) rows.push(figures("Prometheus + Alertmanager", referenceTimes));
  const [least, most] = [Math.min(...loads).toFixed(1), Math.max(...loads).toFixed(1)];
  const sent = reference ? `, the reference ${receiver.count("reference")}` : "";
  return [
    `${describeMachine()}; load average ${least} to ${most}; ${Math.round(rate).toLocaleString("en-US")} reports/s in the background.`,
    `${paged.length} facts were ${incidents} incidents; Tidemark sent ${receiver.count("tidemark")} pages${sent}. At the end ${dirtyHours} hours waited to be judged.`,
    "",
    formatTable(["from the fact to the page", "incidents", "p50 ms", "p99 ms", "max ms"], rows),
    "",
    formatTable(["where Tidemark's time goes", "incidents", "p50 ms", "p99 ms", "max ms"], stageRows(stages)),
  ].join("\n");
}

async function post(product: Product, event: CloudEvent): Promise<void> {
  const headers = { authorization: `Bearer ${product.token}`, "content-type": "application/cloudevents+json" };
  const answer = await fetch(`${product.url}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(event) });
  if (!answer.ok) throw new Error(`POST /events answered ${answer.status}: ${await answer.text()}`);
}

function stageRows(stages: readonly Stages[]): (string | number)[][] {
  const of = (stage: keyof Stages) => stages.map((each) => each[stage]);
  return [
    figures("until a judge begins to process the fact", of("taken")),
    figures("from there until a flush begins to decide who is notified", of("judged")),
    figures("from there until the webhook has received it", of("notified")),
  ];
}

function figures(what: string, times: readonly number[]): (string | number)[] {
  const at = (share: number) => Math.round(percentile(times, share));
  return [what, times.length, at(0.5), at(0.99), at(1)];
}
