import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DeliveryDetailJson, DeliveryJson } from "#domain/api/deliveries.ts";
import { channelProducer } from "#server/notifications/channel-producer.ts";
import type { NotifyContext } from "#server/notifications/context.ts";
import { writeDelivery } from "#server/notifications/write-delivery.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { notification } from "#test/notification.ts";
import { sendDue } from "#test/outbox.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";

let db: TestDatabase;
let api: TestApi;
let ctx: NotifyContext;

beforeEach(async () => {
  const clock = new ManualClock("2026-11-23T01:00:00Z");
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => clock.now() });
  ctx = {
    ...workerContext(db.database, clock),
    send: async () => ({ outcome: "permanent", status: 403, detail: "HTTP 403", response: "no such key" }),
  };
  await db.database.sql.query(
    `INSERT INTO channel (name, spec, updated_at, updated_by)
     VALUES ('pd', '{"type":"pagerduty","routingKey":{"env":"TIDEMARK_SECRET_KEY"}}', now(), 'test')`,
  );
  for (const dedupKey of ["one", "two", "three"]) {
    const message = notification({ dedupKey, threadKey: dedupKey });
    await writeDelivery(db.database.sql, { channel: "pd", notification: message, incidentId: null, at: clock.now() });
  }
});
afterEach(async () => {
  await api.close();
  await db.drop();
});

async function list(query = ""): Promise<{ items: DeliveryJson[]; nextCursor: string | null }> {
  const answer = await api.call("GET", `/api/v1/deliveries${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { items: DeliveryJson[]; nextCursor: string | null };
}

describe("the delivery log", () => {
  test("lists the newest first, by pages and filters", async () => {
    const first = await list("?limit=2");
    expect(first.items.map(({ dedupKey, state, alerts }) => [dedupKey, state, alerts])).toEqual([
      ["three", "queued", 1],
      ["two", "queued", 1],
    ]);
    expect((await list(`?limit=2&cursor=${first.nextCursor}`)).items.map(({ dedupKey }) => dedupKey)).toEqual(["one"]);
    expect((await list("?state=sent")).items).toEqual([]);
    expect((await list("?channel=pd&kind=notify")).items).toHaveLength(3);
    expect((await api.call("GET", "/api/v1/deliveries?incident=x")).status).toBe(400);
  });

  test("one has its attempts, and can be sent again", async () => {
    const [{ id } = { id: "" }] = (await list()).items;
    await sendDue(ctx, channelProducer(ctx));
    const read = async () => (await (await api.call("GET", `/api/v1/deliveries/${id}`)).json()) as DeliveryDetailJson;
    expect(await read()).toMatchObject({
      state: "failed",
      lastDetail: "HTTP 403",
      tries: [{ at: "2026-11-23T01:00:00Z", outcome: "permanent", status: 403, response: "no such key" }],
      notification: { title: "ams is silent" },
    });
    const viewer = await api.call("POST", "/api/v1/tokens", { body: { name: "viewer", scopes: ["read"] } });
    const { token } = (await viewer.json()) as { token: string };
    const seen = await (await api.call("GET", `/api/v1/deliveries/${id}`, { token })).text();
    expect(seen).toContain("HTTP 403");
    expect(seen).not.toContain("no such key");
    expect((await api.call("POST", `/api/v1/deliveries/${id}/replay`)).status).toBe(202);
    expect(await read()).toMatchObject({ state: "queued", attempts: 0 });
    expect((await api.call("POST", "/api/v1/deliveries/999/replay")).status).toBe(404);
  });
});

describe("a channel's test", () => {
  test("goes the way of pages, and answers what came of it; at PagerDuty it is closed again", async () => {
    const asked = api.call("POST", "/api/v1/channels/pd/test");
    await until("the test is written", async () => (await list("?kind=test")).items.length === 2);
    const [end, begin] = (await list("?kind=test")).items;
    expect([begin?.status, end?.status]).toEqual(["firing", "resolved"]);
    await sendDue(ctx, channelProducer(ctx));
    const answered = (await (await asked).json()) as DeliveryDetailJson;
    expect(answered).toMatchObject({
      state: "failed",
      kind: "test",
      tries: [{ detail: "HTTP 403", response: "no such key" }],
    });
    expect((await api.call("POST", "/api/v1/channels/none/test")).status).toBe(404);
  });
});
