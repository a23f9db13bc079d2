import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { catalogueYaml } from "./catalogue.ts";
import { groundTruth } from "./ground-truth.ts";
import { historyMessages } from "./history.ts";
import { liveMessages, snapshotMessages } from "./live.ts";
import type { CloudEvent } from "./messages.ts";
import type { Options } from "./options.ts";
import { callProduct, type Product, readStatus, waitUntilJudged, waitUntilReady } from "./product.ts";
import { followClock, type ProductClock } from "./product-clock.ts";
import { httpSender } from "./send-http.ts";
import { pubsubSender } from "./send-pubsub.ts";
import type { Sender } from "./sender.ts";
import type { Simulation } from "./simulation.ts";
import { findStory, type Story } from "./story.ts";

const liveEveryMs = 10_000;

/** Applies the catalogue, tells the history, waits until it is judged, and with `live` goes on until the signal. */
export async function run(product: Product, options: Options): Promise<void> {
  await waitUntilReady(product);
  const clock = await followClock(product);
  const until = options.until ?? new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
  const story = await findStory(product, options, until);
  if (options.truth) await writeFile(options.truth, `${JSON.stringify(groundTruth(story.simulation), null, 2)}\n`);
  const body = catalogueYaml(story.simulation);
  const headers = { "content-type": "application/yaml" };
  await callProduct(product, "/api/v1/catalogue", { method: "POST", headers, body });

  const { pubsub: projectId, emulator } = options;
  const sender = projectId ? pubsubSender({ projectId, emulator, signal: product.signal }) : httpSender(product);
  try {
    await tellHistory(product, sender, story, until, projectId !== null);
    if (options.live) await tellLive(product, sender, story.simulation, clock, until);
  } finally {
    await sender.close();
  }
}

async function tellHistory(
  product: Product,
  sender: Sender,
  story: Story,
  until: Date,
  queued: boolean,
): Promise<void> {
  const startedAtMs = performance.now();
  const before = queued ? (await readStatus(product)).ingest.messages : 0;
  const count = { messages: 0, events: 0 };
  await sender.send(counted(history(story, until), count));
  const sentMs = performance.now() - startedAtMs;
  // Over HTTP an answer means committed; a queue hands its messages on later.
  await waitUntilJudged(product, queued ? before + count.messages : 0);
  const days = ((until.getTime() - story.toldUntil.getTime()) / 86_400_000).toFixed(1).replace(/\.0$/, "");
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  product.say(
    `${days} days of history: ${count.events.toLocaleString("en-US")} events' counts in ` +
      `${count.messages.toLocaleString("en-US")} messages, sent in ${seconds(sentMs)}, ` +
      `judged in ${seconds(performance.now() - startedAtMs)}.`,
  );
}

function* history({ simulation, toldUntil }: Story, until: Date): Generator<CloudEvent> {
  yield* historyMessages(simulation, toldUntil, until);
  yield* snapshotMessages(simulation, null, until);
}

async function tellLive(
  product: Product,
  sender: Sender,
  simulation: Simulation,
  clock: ProductClock & { sync(): Promise<void> },
  until: Date,
): Promise<void> {
  let toldUntil = until;
  product.say(`Reporting live every ${Math.round(paceMs(clock) / 1000)} s. Ctrl-C ends it.`);
  for (;;) {
    const at = clock.now();
    if (at > toldUntil) {
      await sender.send(liveMessages(simulation, toldUntil, at));
      toldUntil = at;
    }
    await sleep(paceMs(clock), undefined, { signal: product.signal });
    await clock.sync();
  }
}

/** In a drill that runs fast, ten seconds are long: it reports more often, at most once a second. */
function paceMs(clock: ProductClock): number {
  return Math.max(1_000, liveEveryMs / clock.speed);
}

function* counted(messages: Iterable<CloudEvent>, count: { messages: number; events: number }): Generator<CloudEvent> {
  for (const message of messages) {
    count.messages++;
    const { stage, reports } = message.data;
    if (stage === "produced") for (const { events } of reports as { events: number }[]) count.events += events;
    yield message;
  }
}
