import { type Channel, channel } from "node:diagnostics_channel";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { type CloudEvent, heartbeatMessage } from "./messages.ts";
import type { Product } from "./product.ts";
import { httpSender } from "./send-http.ts";

type Answer = (request: Request) => Response;

let served: ServedApi;
let received: { dc: string; ids: string[]; headers: Headers }[];
let answers: Answer[];
let inFlight: Map<string, number>;
let mostInFlight: number;
let stop: AbortController;

const accepted: Answer = () => Response.json({ accepted: 1 }, { status: 202 });

beforeEach(async () => {
  [received, answers, inFlight, mostInFlight, stop] = [[], [], new Map(), 0, new AbortController()];
  served = await serveApi(async (request) => {
    const events = JSON.parse(gunzipSync(await request.arrayBuffer()).toString()) as CloudEvent[];
    const dc = events[0]?.data.dc as string;
    inFlight.set(dc, (inFlight.get(dc) ?? 0) + 1);
    mostInFlight = Math.max(mostInFlight, ...inFlight.values());
    await new Promise((resolve) => setTimeout(resolve, 40));
    inFlight.set(dc, (inFlight.get(dc) ?? 0) - 1);
    const answer = (answers.shift() ?? accepted)(request);
    if (answer.ok) received.push({ dc, ids: events.map(({ id }) => id), headers: request.headers });
    return answer;
  });
});
afterEach(() => served.stop());

function product(): Product {
  return { url: served.url, token: "tm_test", signal: stop.signal, say: () => undefined };
}

function beats(count: number): CloudEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(1_795_000_000_000 + index);
    const dc = ["lon", "ash"][index % 2] ?? "";
    return heartbeatMessage({ dc, instance: "i", at, component: "c", version: "1", startedAt: at });
  });
}

function once(messages: Channel): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      messages.unsubscribe(end);
      resolve();
    };
    messages.subscribe(end);
  });
}

function expectInOrder(messages: CloudEvent[]): void {
  for (const name of ["lon", "ash"]) {
    const ids = received.filter(({ dc }) => dc === name).flatMap((batch) => batch.ids);
    expect(ids).toEqual(messages.filter(({ data }) => data.dc === name).map(({ id }) => id));
  }
}

describe("sending over HTTP", () => {
  test("all of it arrives, compressed batches of CloudEvents, each datacenter in order and one request at a time", async () => {
    const messages = beats(9_000);
    await httpSender(product()).send(messages);
    expectInOrder(messages);
    expect(received.length).toBe(6);
    expect(mostInFlight).toBe(1);
    expect(Object.fromEntries(received[0]!.headers)).toMatchObject({
      authorization: "Bearer tm_test",
      "content-type": "application/cloudevents-batch+json",
      "content-encoding": "gzip",
    });
  });

  test("busy and broken answers are tried again, nothing twice in the end and in the same order", async () => {
    answers = [503, 429, 500, 202, 503].map((status) => () => new Response(null, { status }));
    const messages = beats(9_000);
    await httpSender(product()).send(messages);
    expectInOrder(messages);
  });

  test("a busy product's Retry-After is waited for", async () => {
    answers = [() => new Response(null, { status: 429, headers: { "retry-after": "1" } })];
    const startedAtMs = performance.now();
    await httpSender(product()).send(beats(1));
    expect(performance.now() - startedAtMs).toBeGreaterThan(990);
  });

  test("a product that is away is waited for", async () => {
    await served.stop();
    const missed = once(channel("undici:client:connectError"));
    const sending = httpSender(product()).send(beats(2));
    await missed;
    await served.start();
    await sending;
    expect(received.flatMap(({ ids }) => ids).length).toBe(2);
  });

  test("a refusal ends it with the product's reasons", async () => {
    const errors = [{ pointer: "/0/data/dc", detail: "must be a text" }];
    answers = [() => Response.json({ detail: "The batch has faults.", errors }, { status: 400 })];
    await expect(httpSender(product()).send(beats(1))).rejects.toThrow(
      "/api/v1/events was rejected with 400: The batch has faults.\n  /0/data/dc must be a text",
    );
  });

  test("a stop ends waiting at once", async () => {
    await served.stop();
    const missed = once(channel("undici:client:connectError"));
    const sending = httpSender(product()).send(beats(1));
    sending.catch(() => undefined);
    await missed;
    stop.abort();
    await expect(sending).rejects.toThrow(/abort/i);
    await served.start();
  });
});
