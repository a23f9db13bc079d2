import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import { openDatabase } from "#server/db/database.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { processesOf } from "#test/processes-of.ts";
import { fillDisk, mountSmallDisk, moveTables, type SmallDisk } from "#test/small-disk.ts";
import { startTcpProxy, type TcpProxy } from "#test/tcp-proxy.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import { until } from "#test/until.ts";
import { type Product, startProduct } from "./start-product.ts";

let postgres: TestPostgres;
let proxy: TcpProxy;
let product: Product;
/** Pinged each minute while Tidemark stores and judges. */
let watchdog: HttpReceiver;
let disk: SmallDisk | null = null;

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase("outage");
  proxy = await startTcpProxy(`${postgres.url}/outage`);
  watchdog = await startHttpReceiver();
  product = await startProduct({
    DATABASE_URL: proxy.url,
    TIDEMARK_LOG_FORMAT: "json",
    TIDEMARK_DASHBOARD: "open",
    TIDEMARK_WATCHDOG_URL: watchdog.url,
  });
});
afterAll(async () => {
  await product?.stop();
  await watchdog?.stop();
  await disk?.unmount("outage");
  await proxy?.stop();
  await postgres?.stop();
});

interface Line {
  severity: string;
  time: string;
  name: string;
  message: string;
}

const lines = () =>
  product
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Line);

const bearer = () => ({ authorization: `Bearer ${product.token}` });

function postHeartbeat(): Promise<Response> {
  const event = {
    specversion: "1.0",
    id: String(performance.now()),
    source: "/test",
    type: "tidemark.heartbeat.v1",
    time: new Date().toISOString(),
    data: { dc: "east", component: "test", instance: String(Math.random()) },
  };
  return fetch(`${product.url}/api/v1/events`, {
    method: "POST",
    headers: { ...bearer(), "content-type": "application/cloudevents+json" },
    body: JSON.stringify(event),
  });
}

const untilTaken = () => until("events are taken again", async () => (await postHeartbeat()).status === 202);
const behindNow = async () => (await product.get<StatusJson>("/status")).behind;

const pings = () => watchdog.received.length;
/** A ping is due each minute. */
const isPingOverdue = () => performance.now() - (watchdog.received.at(-1)?.atMs ?? 0) > 70_000;

/** What is refused, and what everything says of it. */
async function expectStorageTrouble(message: RegExp): Promise<void> {
  await until("events are refused", async () => (await postHeartbeat()).status === 503);
  const refused = await postHeartbeat();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
  await until("the status says so", async () => {
    const [first] = await behindNow();
    return (first?.what === "storage" && message.test(first.message)) || JSON.stringify(first);
  });
  const pinged = pings();
  const ready = await fetch(`${product.url}/readyz`, { headers: bearer() });
  expect([ready.status, await ready.json()]).toEqual([
    503,
    expect.objectContaining({ status: "behind", reasons: expect.arrayContaining([expect.stringMatching(message)]) }),
  ]);
  // A load balancer goes on sending people there.
  expect((await fetch(`${product.url}/readyz?serving`)).status).toBe(200);
  const page = await fetch(`${product.url}/status`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("nothing ")]);
  await expect(product.tidemark("doctor")).rejects.toThrow(new RegExp(`✗ ${message.source.replace("^", "")}`));
  const metrics = await (await fetch(`${product.url}/metrics`)).text();
  expect(metrics).toMatch(/^tidemark_behind_seconds\{what="storage"\} \d/m);
  expect(pings()).toBe(pinged);
}

test("a read-only database: events are refused, every screen and probe says why, and it goes on by itself", async () => {
  const direct = openDatabase(`${postgres.url}/postgres`, { maxConnections: 1 });
  const set = async (value: string) => {
    await direct.sql.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
    await direct.sql.query("SELECT pg_reload_conf()");
  };
  await untilTaken();
  await until("the watchdog is pinged", async () => pings() > 0, 120);
  await set("on");
  await expectStorageTrouble(/^The database is read-only: nothing is stored/);
  const pinged = pings();
  await until("a ping is overdue", async () => isPingOverdue(), 120);
  expect(pings()).toBe(pinged);
  await set("off");
  await untilTaken();
  await until(
    "nothing is behind",
    async () => (await behindNow()).length === 0 || JSON.stringify(await behindNow()),
    120,
  );
  const before = pings();
  await until("the watchdog is pinged again", async () => pings() > before, 120);
  await direct.close();
});

test("a full disk: the same, once its file system has no space left", async (context) => {
  disk = await mountSmallDisk(postgres);
  if (!disk.isReal) return context.skip("No file system can be mounted here (needs root and mount).");
  const direct = openDatabase(`${postgres.url}/outage`, { maxConnections: 1 });
  await moveTables(direct.sql, disk.folder);
  const empty = await fillDisk(disk.folder);
  await until("events are refused", async () => {
    // What fits into the tables' last pages is stored: it takes some.
    const answers = await Promise.all(Array.from({ length: 20 }, postHeartbeat));
    return answers.some(({ status }) => status === 503);
  });
  await expectStorageTrouble(/^The database's disk is full: nothing more is stored/);
  await empty();
  await untilTaken();
  await until(
    "nothing is behind",
    async () => (await behindNow()).length === 0 || JSON.stringify(await behindNow()),
    120,
  );
  await direct.close();
});

test("a frozen PostgreSQL: /metrics answers within Prometheus's limit, pages with 503 and a sentence", async () => {
  const scrape = () => fetch(`${product.url}/metrics`, { signal: AbortSignal.timeout(10_000) });
  expect(await (await scrape()).text()).toMatch(/^tidemark_database_up 1$/m);
  const pids = await processesOf(postgres);
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  try {
    const text = await (await scrape()).text();
    expect(text).toMatch(/^tidemark_database_up 0$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    await until("a page says so", async () => {
      const page = await fetch(`${product.url}/status`, { signal: AbortSignal.timeout(60_000) });
      return (page.status === 503 && page.headers.get("retry-after") === "5") || `${page.status}`;
    });
    const page = await fetch(`${product.url}/status`);
    expect(await page.text()).toContain("Tidemark's database does not answer");
    const ready = await fetch(`${product.url}/readyz`);
    expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([503, "not ready"]);
  } finally {
    for (const pid of pids.reverse()) process.kill(pid, "SIGCONT");
  }
  await untilTaken();
  await until("the page is back", async () => (await fetch(`${product.url}/status`)).status === 200);
});

const outageMs = 125_000;

test("two minutes without the database are logged once and then each minute by every process, in Cloud Logging's words", async () => {
  const before = lines().length;
  const pids = await Promise.all(
    (["web", "evaluate", "alert", "maintain"] as const).map((name) => product.pidOf(name)),
  );
  await proxy.refuse();
  const endMs = performance.now() + outageMs;
  const statuses = new Map<string, Set<number>>();
  const ask = async (path: string, init: RequestInit = {}) => {
    const { status } = await fetch(`${product.url}${path}`, init);
    statuses.set(path, (statuses.get(path) ?? new Set()).add(status));
  };
  const headers = { authorization: `Bearer ${product.token}` };
  while (performance.now() < endMs) {
    await Promise.all([
      ask("/readyz"),
      ask("/status"),
      ask("/api/v1/status", { headers }),
      ask("/api/v1/events", {
        method: "POST",
        headers: { ...headers, "content-type": "application/cloudevents-batch+json" },
        body: "[]",
      }),
    ]);
    await sleep(1_000);
  }
  // A process may say only now that it is past the trouble before.
  const during = lines()
    .slice(before)
    .filter(({ message }) => !message.startsWith("The database is usable again"));
  await proxy.restore();
  await until("it is ready again", async () => (await fetch(`${product.url}/readyz`)).ok, 120);

  expect([...(statuses.get("/readyz") ?? [])]).toEqual([503]);
  expect([...(statuses.get("/status") ?? [])]).toEqual([503]);
  const byProcess = Map.groupBy(during, ({ name }) => name);
  // What a start says that has just ended.
  byProcess.delete("tidemark");
  expect([...byProcess.keys()].sort()).toEqual([
    "alert",
    "collect",
    "evaluate",
    "forecast",
    "maintain",
    "notify",
    "web",
  ]);
  for (const [name, said] of byProcess) {
    const messages = Map.groupBy(said, ({ message }) => message.replace(/\d+/g, "N"));
    const counts = [...messages].map(([message, { length }]) => ({ message, length }));
    // At its start, and after one and two minutes.
    expect(Math.max(...counts.map(({ length }) => length)), JSON.stringify(counts)).toBeLessThanOrEqual(3);
    expect(said.length, `${name}: ${JSON.stringify(counts)}`).toBeLessThanOrEqual(name === "web" ? 9 : 4);
  }
  for (const { severity, time, message } of [...byProcess.values()].flat()) {
    expect({ severity, message }).toEqual({
      severity: expect.stringMatching(/^(WARNING|ERROR)$/),
      message: expect.any(String),
    });
    expect(new Date(time).toISOString()).toBe(time);
  }
  // No process was restarted for it.
  expect(
    await Promise.all((["web", "evaluate", "alert", "maintain"] as const).map((name) => product.pidOf(name))),
  ).toEqual(pids);
  await until("the end is logged", async () =>
    ["alert", "collect", "evaluate", "forecast", "maintain", "notify"].every((name) =>
      lines().some((line) => line.name === name && line.message.startsWith("The database is usable again after ")),
    ),
  );
});
