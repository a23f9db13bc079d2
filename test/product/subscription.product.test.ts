import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import { addHours, formatHour, type Hour, hourEnd, hourOf } from "#domain/hour.ts";
import { until } from "#test/until.ts";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { type Product, startProduct } from "./start-product.ts";

// A consumer through the whole product: it waits at the gate, is notified of "complete" by webhook, and after everything was
// stopped and started again, its database too, is notified of "amended". How soon is measured (bench/gate.ts) and printed here, not tested.
/** Without a further change, an amendment is sent after so long. */
const restMs = 60_000;
/** A process that held no question before polls for the first time after so long. */
const looksAgainMs = 5_000;
const tries = 8;
const hour = addHours(hourOf(new Date()), -1);
const name = formatHour(hour);
let folder: string;
let receiver: WebhookReceiver;
let product: Product;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-subscription-"));
  await chmod(folder, 0o711);
  receiver = await WebhookReceiver.start();
  product = await startProduct({ TIDEMARK_DATA_DIR: join(folder, "data") });
  await send("PUT", "/datacenters/east", { activeFrom: formatHour(addHours(hour, -tries)) });
});
afterAll(async () => {
  await product?.stop();
  await receiver?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function send(method: string, path: string, body: object, type = "application/json"): Promise<Response> {
  const headers = { authorization: `Bearer ${product.token}`, "content-type": type };
  const answer = await fetch(`${product.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** Committed once this settles. */
async function say(type: string, data: object): Promise<void> {
  const envelope = { specversion: "1.0", source: "test", id: crypto.randomUUID(), time: new Date().toISOString() };
  await send("POST", "/events", { ...envelope, type, data }, "application/cloudevents+json");
}

const count = (eventType: string, hour: Hour, stage: "produced" | "delivered", events: number) =>
  say("tidemark.counters.v1", {
    dc: "east",
    stage,
    reporter: `east-${stage}`,
    reports: [{ eventType, hour: formatHour(hour), events }],
  });

async function completeHour(eventType: string, hour: Hour): Promise<void> {
  await count(eventType, hour, "produced", 1_000);
  await count(eventType, hour, "delivered", 1_000);
  await say("tidemark.watermark.v1", { dc: "east", marks: [{ eventType, watermark: hourEnd(hour).toISOString() }] });
}

const gateOf = (eventType: string, hour: Hour, query: string) =>
  `${product.url}/api/v1/event-types/${eventType}/hours/${formatHour(hour)}/ready?${query}`;

const nowMs = () => performance.timeOrigin + performance.now();

test("a held question is answered by the commit's notification, not by polling", async () => {
  const spec = { owner: "tests", tier: "high", activeFrom: formatHour(addHours(hour, -tries)), settle: "1s" };
  await send("PUT", "/event-types/PlayStart", spec);
  const headers = { authorization: `Bearer ${product.token}` };
  const tookMs: number[] = [];
  // Without notifications none of them would be answered before the first poll; on a busy machine not each must be.
  for (let back = 1; back <= tries && !tookMs.some((ms) => ms < looksAgainMs); back += 1) {
    const asked = addHours(hour, -back);
    await product.kill("web");
    await until("the web process is back", async () => (await product.get<StatusJson>("/status")) !== null);
    const askedMs = performance.now();
    const held = fetch(gateOf("PlayStart", asked, "wait=60"), { headers });
    await until("the question is held", async () => {
      const metrics = await (await fetch(`${product.url}/metrics`, { headers })).text();
      return /^tidemark_gate_held_requests(\{.*\})? 1$/m.test(metrics) || "it is not";
    });
    await completeHour("PlayStart", asked);
    expect((await held).status).toBe(200);
    tookMs.push(performance.now() - askedMs);
  }
  expect(Math.min(...tookMs)).toBeLessThan(looksAgainMs);
});

test("complete, then everything stopped and started, then amended a minute after the late reports' commit", async () => {
  await send("PUT", "/event-types/EndSong", { owner: "tests", tier: "high", activeFrom: name, settle: "1s" });
  await send("PUT", "/event-types/EndSong/consumers/plays", { contact: "#plays" });
  const made = await send("POST", "/subscriptions", {
    eventType: "EndSong",
    consumer: "plays",
    url: receiver.url,
    allowPrivate: true,
    events: ["complete", "amended", "incomplete"],
  });
  const { secret } = (await made.json()) as { secret: string };

  const gate = gateOf("EndSong", hour, "consumer=plays");
  const headers = { authorization: `Bearer ${product.token}` };
  const held = fetch(`${gate}&wait=60`, { headers });
  await completeHour("EndSong", hour);
  const closedMs = nowMs();
  const ready = await held;
  const readyAfterMs = nowMs() - closedMs;
  process.stdout.write(`Answered ${readyAfterMs.toFixed(0)} ms after the hour was closed.\n`);
  expect([ready.status, ready.headers.get("x-content-type-options")]).toEqual([200, "nosniff"]);
  expect(await ready.json()).toMatchObject({ state: "complete" });
  expect((await fetch(gate)).status).toBe(401);

  await until("it is told complete", async () => receiver.received.length === 1);
  expect(receiver.received[0]?.body).toMatchObject({ type: "hour.complete", data: { hour: name, ready: true } });

  await product.stop();
  product = await startProduct({ TIDEMARK_DATA_DIR: join(folder, "data") });

  await count("EndSong", hour, "produced", 1_010);
  const committedMs = nowMs();
  await until("it is told amended", async () => receiver.received.length === 2, 300);
  const [complete, amended] = receiver.received;
  const tookMs = (amended?.atMs ?? Number.NaN) - committedMs;
  process.stdout.write(`Told amended ${tookMs.toFixed(0)} ms after the late reports' commit.\n`);
  expect(tookMs).toBeGreaterThan(restMs - 1_000);
  expect(amended?.body).toMatchObject({
    type: "hour.amended",
    data: { hour: name, state: "incomplete", ready: false, previousRevision: complete?.body.data.revision },
  });
  expect(amended?.id).not.toBe(complete?.id);
  receiver.verify(1, secret);
  const { items } = await product.get<{ items: object[] }>(`/event-types/EndSong/hours/${name}/consumers`);
  expect(items).toMatchObject([{ name: "plays", outdated: true }]);
});
