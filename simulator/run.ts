import { writeFile } from "node:fs/promises";
import { catalogueYaml } from "./catalogue.ts";
import { groundTruth } from "./ground-truth.ts";
import { sourceYaml } from "./measured.ts";
import type { Options } from "./options.ts";
import { callProduct, type Product, waitUntilReady } from "./product.ts";
import { followClock } from "./product-clock.ts";
import { type Dependent, dependents, promisesYaml } from "./promises.ts";
import { reportHistory } from "./report-history.ts";
import { reportLive } from "./report-live.ts";
import { httpSender } from "./send-http.ts";
import { pubsubSender } from "./send-pubsub.ts";
import { seriesSender } from "./send-series.ts";
import { findStory } from "./story.ts";

/**
 * Applies the catalogue, sends the history, waits until it is judged, and with `live` continues until the signal
 * aborts.
 */
export async function run(product: Product, options: Options): Promise<void> {
  await waitUntilReady(product);
  const clock = await followClock(product);
  const until = options.until ?? new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
  const story = await findStory(product, options, until);
  if (options.truth) await writeFile(options.truth, `${JSON.stringify(groundTruth(story.simulation), null, 2)}\n`);
  const names = new Set(story.simulation.fleet.eventTypes.map(({ name }) => name));
  const { pubsub: projectId, emulator, topic, monitoring } = options;
  const documents = [promisesYaml(), catalogueYaml(story.simulation)];
  if (monitoring) documents.push(sourceYaml(monitoring.split("/").at(-1) ?? ""));
  await claim(product, documents.join("---\n"));
  for (const dependent of dependents) if (names.has(dependent.eventType)) await register(product, dependent);

  const sender = projectId ? pubsubSender({ projectId, emulator, topic, signal: product.signal }) : httpSender(product);
  try {
    const line = { product, sender, queued: projectId !== null };
    await reportHistory(line, story, until);
    const series = monitoring ? seriesSender(product, story.simulation, monitoring) : null;
    if (options.live) await reportLive({ ...line, series }, story.simulation, clock, until);
  } finally {
    await sender.close();
  }
}

async function claim(product: Product, body: string): Promise<void> {
  const headers = { "content-type": "application/yaml" };
  await callProduct(product, "/api/v1/catalogue", { method: "POST", headers, body });
}

async function register(product: Product, { eventType, consumer, ...spec }: Dependent): Promise<void> {
  const headers = { "content-type": "application/json" };
  const path = `/api/v1/event-types/${eventType}/consumers/${consumer}`;
  await callProduct(product, path, { method: "PUT", headers, body: JSON.stringify(spec) });
}
