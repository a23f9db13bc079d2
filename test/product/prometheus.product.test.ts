import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  metricsIn,
  prometheus,
  readDashboards,
  rulesFile,
  startPrometheus,
  type TestPrometheus,
  withVariables,
} from "#test/prometheus.ts";
import { until } from "#test/until.ts";
import { freePort, type Product, startProduct } from "./start-product.ts";

interface Rule {
  name: string;
  health: string;
  state: string;
  lastError?: string;
}

const catalogue = `
apiVersion: tidemark/v1
kind: Tier
metadata: { name: high }
spec: { deadline: 2h }
---
apiVersion: tidemark/v1
kind: Datacenter
metadata: { name: lon }
spec: {}
---
apiVersion: tidemark/v1
kind: EventType
metadata: { name: EndSong }
spec: { owner: test, tier: high }
`;

// Debian's Prometheus with the files of deploy/, on the product as it is shipped, behind a private dashboard.
describe.skipIf(!prometheus)("Prometheus", { meta: { needs: "prometheus" } }, () => {
  let product: Product;
  let server: TestPrometheus;

  beforeAll(async () => {
    product = await startProduct({ TIDEMARK_DASHBOARD: "private", TIDEMARK_METRICS_EVENT_TYPES: "10" });
    const headers = { authorization: `Bearer ${product.token}` };
    const send = async (path: string, type: string, body: string) => {
      const answer = await fetch(`${product.url}/api/v1${path}`, {
        method: "POST",
        headers: { ...headers, "content-type": type },
        body,
      });
      if (!answer.ok) throw new Error(await answer.text());
      return answer;
    };
    await send("/catalogue", "application/yaml", catalogue);
    const backlog = { dc: "lon", eventType: "EndSong", stage: "published", oldestAgeSeconds: 5_000, messages: 3 };
    const identity = { specversion: "1.0", source: "test", id: "1", time: new Date().toISOString() };
    const event = { ...identity, type: "tidemark.backlog.v1", data: backlog };
    await send("/events", "application/cloudevents+json", JSON.stringify(event));
    const made = await send("/tokens", "application/json", JSON.stringify({ name: "prometheus", scopes: ["read"] }));
    const { token } = (await made.json()) as { token: string };
    server = await startPrometheus(await freePort(), { url: product.url, token });
  });
  afterAll(async () => {
    await server?.stop();
    await product?.stop();
  });

  test("scrapes the product with a token that may only read; without one it is refused", async () => {
    await until("a scrape succeeded", async () => {
      const { result } = await server.get<{ result: { value: [number, string] }[] }>("/query", {
        query: 'max(tidemark_datacenter_backlog_age_seconds{job="tidemark", datacenter="lon"})',
      });
      return result[0]?.value[1] === "5000" || JSON.stringify(await server.get("/targets"));
    });
    expect((await fetch(`${product.url}/metrics`)).status).toBe(401);
  });

  test("loads every rule and evaluates it without an error", async () => {
    const rules = async () => {
      const { groups } = await server.get<{ groups: { rules: Rule[] }[] }>("/rules");
      return groups.flatMap((group) => group.rules);
    };
    const stateOf = async (alert: string) => (await rules()).find(({ name }) => name === alert)?.state;
    await until("all are evaluated", async () => (await rules()).every(({ health }) => health !== "unknown"));
    await until("the backlog is seen", async () => (await stateOf("TidemarkDatacenterBacklog")) === "pending");
    const evaluated = await rules();
    const written = [...(await readFile(rulesFile, "utf8")).matchAll(/^ *- alert: (\w+)$/gm)].map(([, name]) => name);
    expect(evaluated.map(({ name }) => name)).toEqual(written);
    expect(evaluated.filter(({ health }) => health !== "ok")).toEqual([]);
    expect(await stateOf("TidemarkDatabaseDown")).toBe("inactive");
  });

  test("understands every query of every dashboard, and knows each metric that it names", async () => {
    const metadata = await server.get<Record<string, unknown>>("/metadata");
    const known = new Set(Object.keys(metadata));
    for (const { title, panels } of await readDashboards())
      for (const { title: panel, targets } of panels)
        for (const { expr } of targets) {
          await server.get("/query", { query: withVariables(expr) });
          expect(
            metricsIn(expr).filter((name) => !known.has(name)),
            `${title}: ${panel}`,
          ).toEqual([]);
        }
    await expect(server.get("/query", { query: "max by (state) (" })).rejects.toThrow(/parse error/);
  });

  test("gets an answer to the board's and the datacenter's queries from what the product says", async () => {
    const [board, datacenter] = await readDashboards();
    const answered = async (expr: string) =>
      (await server.get<{ result: unknown[] }>("/query", { query: withVariables(expr) })).result.length > 0;
    const of = (panels: typeof board, title: string) =>
      panels?.panels.find((panel) => panel.title === title)?.targets[0]?.expr ?? "";
    expect(await answered(of(board, "Event types by state"))).toBe(true);
    expect(await answered(of(board, "Event types that are not shown"))).toBe(true);
    expect(await answered(of(datacenter, "Oldest waiting event by type and stage"))).toBe(true);
  });
});
