import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import { addHours, formatHour, hourEnd, hourOf } from "#domain/hour.ts";
import { until } from "#test/until.ts";
import { type Product, startProduct } from "./start-product.ts";

// It is never continued: a process that is frozen for good, as by a host that swaps or a debugger that was forgotten.
const hour = addHours(hourOf(new Date()), -2);
const name = formatHour(hour);
const types = ["EndSong", "PlayStart"];
let product: Product;
/** The largest count that was answered 202, and the largest that was sent. */
const counted = { acknowledged: 0, sent: 0 };
let stopped = false;
let reporting: Promise<void>;

beforeAll(async () => {
  product = await startProduct();
  await send("PUT", "/datacenters/east", { activeFrom: name });
  for (const eventType of types)
    await send("PUT", `/event-types/${eventType}`, { owner: "tests", tier: "high", activeFrom: name, settle: "1s" });
  reporting = keepReporting();
});
afterAll(async () => {
  stopped = true;
  await reporting;
  await product?.stop();
});

test.each(["evaluate", "alert"] as const)(
  "%s is frozen: noticed, ended, started again, and nothing is lost",
  async (worker) => {
    await untilWell();
    const frozen = await product.pidOf(worker);
    process.kill(frozen, "SIGSTOP");
    const before = counted.acknowledged;
    const duty = worker === "evaluate" ? "judging" : "alerting";
    // The supervisor waits 20 s before it ends what says nothing: it is known before that.
    const status = await seenBehind(duty);
    expect(status).toMatchObject({
      message: expect.stringMatching(/has reported for \d+ s|behind|not been evaluated/),
    });
    await until("a new process does its work", async () => (await product.pidOf(worker)) !== frozen);
    expect(() => process.kill(frozen, 0)).toThrow("ESRCH");
    await untilWell();
    // Reports went on all the while.
    expect(counted.acknowledged).toBeGreaterThan(before);
  },
);

/** Nothing is behind, and the verdicts hold all that was acknowledged until now, and no more than was sent. */
async function untilWell(): Promise<void> {
  const least = counted.acknowledged + 2;
  await until("reports are taken", async () => counted.acknowledged >= least);
  await until("everything acknowledged is judged", async () => {
    const found = await Promise.all(
      types.map((eventType) => product.get<VerdictSummaryJson>(`/event-types/${eventType}/hours/${name}`)),
    );
    const wrong = found.filter(
      ({ state, produced, delivered }) =>
        state !== "complete" || produced !== delivered || (produced ?? 0) < least || (produced ?? 0) > counted.sent,
    );
    return wrong.length === 0 || JSON.stringify(wrong);
  });
  await until("nothing is behind", async () => {
    const { behind } = await product.get<StatusJson>("/status");
    const ready = await fetch(`${product.url}/readyz`);
    return (behind.length === 0 && ready.ok) || JSON.stringify(behind);
  });
}

/** By /status and by /readyz, while the process is still frozen. */
async function seenBehind(duty: string): Promise<StatusJson["behind"][number] | undefined> {
  let found: StatusJson["behind"][number] | undefined;
  await until(`/status and /readyz say that ${duty} is behind`, async () => {
    const { behind } = await product.get<StatusJson>("/status");
    const headers = { authorization: `Bearer ${product.token}` };
    const ready = await fetch(`${product.url}/readyz`, { headers });
    const body = (await ready.json()) as { status: string; behind?: { what: string }[] };
    found = behind.find(({ what }) => what === duty);
    const isSaid = ready.status === 503 && body.behind?.some(({ what }) => what === duty);
    return (found !== undefined && isSaid === true) || JSON.stringify([behind, body]);
  });
  return found;
}

/** Produced and delivered grow together, in one request. */
async function keepReporting(): Promise<void> {
  for (let events = 1; !stopped; events += 1) {
    counted.sent = events;
    const time = new Date().toISOString();
    const reports = types.map((eventType) => ({ eventType, hour: name, events }));
    const marks = types.map((eventType) => ({ eventType, watermark: hourEnd(hour).toISOString() }));
    const event = (type: string, data: object) => ({
      specversion: "1.0",
      source: "test",
      id: crypto.randomUUID(),
      time,
      type: `tidemark.${type}.v1`,
      data: { dc: "east", ...data },
    });
    await send(
      "POST",
      "/events",
      [
        event("counters", { stage: "produced", reporter: "hosts", reports }),
        event("counters", { stage: "delivered", reporter: "export", reports }),
        event("watermark", { marks }),
      ],
      "application/cloudevents-batch+json",
    );
    counted.acknowledged = events;
    await sleep(250);
  }
}

async function send(method: string, path: string, body: object, type = "application/json"): Promise<void> {
  const headers = { authorization: `Bearer ${product.token}`, "content-type": type };
  const answer = await fetch(`${product.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
}
