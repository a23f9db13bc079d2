import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTcpProxy, type TcpProxy } from "#test/tcp-proxy.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import { until } from "#test/until.ts";
import { type Product, startProduct } from "./start-product.ts";

let postgres: TestPostgres;
let proxy: TcpProxy;
let product: Product;

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase("outage");
  proxy = await startTcpProxy(`${postgres.url}/outage`);
  product = await startProduct({ DATABASE_URL: proxy.url, TIDEMARK_LOG_FORMAT: "json", TIDEMARK_DASHBOARD: "open" });
});
afterAll(async () => {
  await product?.stop();
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
  const during = lines().slice(before);
  await proxy.restore();
  await until("it is ready again", async () => (await fetch(`${product.url}/readyz`)).ok, 120);

  expect([...(statuses.get("/readyz") ?? [])]).toEqual([503]);
  expect([...(statuses.get("/status") ?? [])]).toEqual([503]);
  const byProcess = Map.groupBy(during, ({ name }) => name);
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
  for (const { severity, time, message } of during) {
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
