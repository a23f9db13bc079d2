import { afterAll, beforeAll, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import { openDatabase } from "#server/db/database.ts";
import { expectedVerdicts, flightsCatalogFile, flightsMessagesFile } from "#test/flights.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { readJanuary } from "#test/product/read-january.ts";
import { messageCount, patienceSeconds, untilJudged } from "#test/product/replay-january.ts";
import { type Product, startProduct } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";
import { type ReplicatedPostgres, startReplicatedPostgres } from "./replicated-postgres.ts";

// The primary is lost in the middle of a month's replay while a page is out, and the standby is promoted.
let postgres: ReplicatedPostgres;
let product: Product;
let receiver: HttpReceiver;
let beating: Reporter;

beforeAll(async () => {
  receiver = await startHttpReceiver();
  postgres = await startReplicatedPostgres();
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  product = await startProduct({ DATABASE_URL: postgres.url, TIDEMARK_SECRET_FAILOVER: secret });
});
afterAll(async () => {
  await beating?.stop();
  await product?.stop();
  await postgres?.stop();
  await receiver?.stop();
});

async function put(path: string, spec: object): Promise<void> {
  const headers = { authorization: `Bearer ${product.token}`, "content-type": "application/json" };
  const answer = await fetch(`${product.url}/api/v1${path}`, { method: "PUT", headers, body: JSON.stringify(spec) });
  if (!answer.ok) throw new Error(`PUT ${path} answered ${answer.status}: ${await answer.text()}`);
}

interface Reporter {
  datacenters: Set<string>;
  stop(): Promise<void>;
}

/** Heartbeats of all of its datacenters in one request, and again until they are taken. */
function startReporter(datacenters: string[]): Reporter {
  const ending = new AbortController();
  const reporting = new Set(datacenters);
  const headers = { authorization: `Bearer ${product.token}`, "content-type": "application/cloudevents-batch+json" };
  const beat = async () => {
    const time = new Date().toISOString();
    const envelope = { specversion: "1.0", source: "failover", type: "tidemark.heartbeat.v1", time };
    const events = [...reporting].map((dc) => ({
      ...envelope,
      id: crypto.randomUUID(),
      data: { dc, component: "exporter", instance: dc },
    }));
    await fetch(`${product.url}/api/v1/events`, { method: "POST", headers, body: JSON.stringify(events) });
  };
  const done = (async () => {
    while (!ending.signal.aborted) {
      await beat().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return {
    datacenters: reporting,
    stop() {
      ending.abort();
      return done;
    },
  };
}

/** By datacenter, the keys of the notifications that say it is silent. */
function pages(): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { body, headers } of receiver.received) {
    const { status, alerts } = JSON.parse(body) as { status: string; alerts: { labels: { datacenter?: string } }[] };
    const dc = alerts[0]?.labels.datacenter ?? "none";
    if (status === "firing") found[dc] = [...new Set([...(found[dc] ?? []), headers["webhook-id"] ?? ""])];
  }
  return found;
}

test("nothing acknowledged is lost, verdicts are the oracle's, and paging goes on without a second page", async () => {
  for (const dc of ["alpha", "beta", "gamma"])
    await put(`/datacenters/${dc}`, { activeFrom: new Date().toISOString().slice(0, 13) });
  await put("/rules/silence", { metric: "datacenter_silence", threshold: "20s", for: "0s", severity: "page" });
  await put("/channels/phone", {
    type: "webhook",
    url: receiver.url,
    secrets: [{ env: "TIDEMARK_SECRET_FAILOVER" }],
    allowPrivate: true,
  });
  const matchers = ['alertname="silence"'];
  await put("/routing-tree", {
    route: { receiver: "nobody", groupBy: ["cause"], routes: [{ matchers, receiver: "phone", groupWait: "0s" }] },
    receivers: [{ name: "nobody" }, { name: "phone", channels: ["phone"] }],
  });
  beating = startReporter(["alpha", "beta", "gamma"]);
  await until("all three have reported", async () => {
    const { items } = await product.get<{ items: { name: string; lastSeenAt: string | null }[] }>("/datacenters");
    return items.filter(({ lastSeenAt }) => lastSeenAt !== null).length === 3 || JSON.stringify(items);
  });
  beating.datacenters.delete("alpha");
  await until("alpha's silence is paged", async () => pages().alpha?.length === 1 || JSON.stringify(receiver.received));

  await product.tidemark("apply", "-f", flightsCatalogFile);
  const replay = product.tidemark("replay", flightsMessagesFile, "--via", "http", "--rate", "3000");
  const third = Math.floor(messageCount / 3);
  await until(
    "a third of the month is taken",
    async () => (await product.get<StatusJson>("/status")).ingest.messages >= third,
    patienceSeconds,
  );
  await postgres.killPrimary();
  const lostMs = performance.now();
  await postgres.promoteStandby();
  let kept: number | null = null;
  await until("events are taken again", async () => {
    const { ingest } = await product.get<StatusJson>("/status");
    kept ??= ingest.messages;
    return ingest.messages > kept || JSON.stringify(ingest);
  });
  const secondsAway = (performance.now() - lostMs) / 1000;
  beating.datacenters.delete("beta");
  await replay;
  await untilJudged(product, messageCount);
  expect(await readJanuary(product)).toEqual(expectedVerdicts());
  await until("beta's silence is paged", async () => pages().beta?.length === 1 || JSON.stringify(pages()));
  expect(Object.keys(pages()).sort()).toEqual(["alpha", "beta"]);
  expect(Object.values(pages()).map((keys) => keys.length)).toEqual([1, 1]);
  process.stdout.write(`The product took events again ${secondsAway.toFixed(1)} s after the primary was lost.\n`);
});

test("a former primary that comes back as one is not written to", async () => {
  await postgres.revivePrimary();
  const database = openDatabase(postgres.url);
  try {
    const { rows } = await database.sql.query<{ port: number }>("SELECT inet_server_port() AS port");
    expect(rows[0]?.port).toBe(Number(new URL(postgres.standbyUrl).port));
  } finally {
    await database.close();
  }
});
