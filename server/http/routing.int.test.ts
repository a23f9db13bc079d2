import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChannelJson, RoutesTestJson, RoutingTreeJson } from "#domain/api/routing.ts";
import { publicOnly } from "#domain/egress.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let db: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => new Date("2026-11-22T13:20:00Z") });
});
beforeEach(async () => {
  await db.database.sql.query("TRUNCATE channel, routing_tree");
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

interface Problem {
  detail: string;
  errors?: { pointer?: string; detail: string }[];
}
async function call<Body>(method: string, path: string, sent?: unknown): Promise<[number, Body]> {
  const answer = await api.call(method, `/api/v1${path}`, sent === undefined ? {} : { body: sent });
  const text = await answer.text();
  return [answer.status, (text === "" ? null : JSON.parse(text)) as Body];
}
const hook = {
  type: "webhook",
  url: "https://example.com/hook",
  secrets: [{ env: "TIDEMARK_SECRET_HOOK_NEW" }, { env: "TIDEMARK_SECRET_HOOK_OLD" }],
};
const tree = {
  route: {
    receiver: "everyone",
    groupBy: ["cause"],
    routes: [
      { matchers: ['severity="page"'], receiver: "on-call", groupWait: "0s", continue: true },
      { matchers: ['datacenter=~"ams|lon"'], muteTimeIntervals: ["sundays"], groupBy: ["..."] },
    ],
  },
  receivers: [{ name: "on-call", channels: ["hook"] }, { name: "everyone" }],
  timeIntervals: [{ name: "sundays", timeIntervals: [{ weekdays: ["sunday"] }] }],
};

describe("channels", () => {
  test("that send where Tidemark may not are refused when they are written, of every kind and on every way", async () => {
    const closed = openTestApi(db.database, { now: () => new Date("2026-11-22T13:20:00Z"), egress: publicOnly });
    const smtp = { host: "10.1.2.3" };
    const specs: [object, string][] = [
      [{ type: "webhook", url: "http://169.254.169.254/latest/meta-data", allowPrivate: true }, "/url"],
      [{ type: "alertmanager", url: "http://localhost:9093" }, "/url"],
      [{ type: "pagerduty", url: "http://127.1/", routingKey: { env: "TIDEMARK_SECRET_KEY" } }, "/url"],
      [{ type: "opsgenie", url: "http://[::1]/", apiKey: { env: "TIDEMARK_SECRET_KEY" } }, "/url"],
      [{ type: "email", to: ["a@example.com"], smtp }, "/smtp/host"],
    ];
    for (const [spec, pointer] of specs) {
      const put = await closed.call("PUT", "/api/v1/channels/inward", { body: spec });
      const expected = { detail: expect.stringContaining("TIDEMARK_EGRESS does not list it") };
      expect([put.status, await put.json()]).toEqual([
        400,
        expect.objectContaining({ errors: [{ pointer, ...expected }] }),
      ]);
      const document = { apiVersion: "tidemark/v1", kind: "Channel", metadata: { name: "inward" }, spec };
      const applied = await closed.call("POST", "/api/v1/catalogue", { body: document });
      const { errors } = (await applied.json()) as Problem;
      expect(errors).toMatchObject([{ pointer: `/0/spec${pointer}`, ...expected }]);
    }
    expect((await call("GET", "/channels/inward"))[0]).toBe(404);
  });

  test("are written whole, listed with their receivers, and deleted once unused", async () => {
    expect((await call("PUT", "/channels/hook", hook))[1]).toMatchObject({
      applied: true,
      changes: [{ action: "create" }],
    });
    expect((await call("PUT", "/channels/hook", hook))[1]).toMatchObject({ applied: false });
    await call("PUT", "/routing-tree", tree);
    const [, channel] = await call<ChannelJson>("GET", "/channels/hook");
    expect(channel).toMatchObject({
      name: "hook",
      type: "webhook",
      enabled: true,
      spec: hook,
      secrets: ["TIDEMARK_SECRET_HOOK_NEW", "TIDEMARK_SECRET_HOOK_OLD"],
      receivers: ["on-call"],
    });
    expect((await call<{ items: ChannelJson[] }>("GET", "/channels"))[1].items).toEqual([channel]);
    const [status, problem] = await call<Problem>("DELETE", "/channels/hook");
    expect([status, problem.detail]).toEqual([409, expect.stringContaining('"on-call" still send to "hook"')]);
    await call("PUT", "/routing-tree", { ...tree, receivers: [{ name: "on-call" }, { name: "everyone" }] });
    expect((await call("DELETE", "/channels/hook"))[0]).toBe(204);
    expect((await call("GET", "/channels/hook"))[0]).toBe(404);
    expect((await call("DELETE", "/channels/hook"))[0]).toBe(404);
  });

  test("never take, keep or answer a secret", async () => {
    const secret = "xoxb-12345-secret";
    const [status, problem] = await call<Problem>("PUT", "/channels/chat", {
      type: "slack",
      token: secret,
      channel: "#x",
    });
    expect([status, problem.errors?.[0]?.pointer]).toEqual([400, "/token"]);
    expect(JSON.stringify(problem)).not.toContain(secret);
    const [, of] = await call<Problem>("PUT", "/channels/h", {
      type: "webhook",
      url: `https://u:${secret}@example.com`,
    });
    expect(of.errors?.[0]?.pointer).toBe("/url");
    expect(JSON.stringify(of)).not.toContain(secret);
  });
});

describe("a write that names what its writer read", () => {
  const put = (path: string, body: object, headers: Record<string, string>) =>
    api.call("PUT", `/api/v1${path}`, { body, headers });

  test("is refused with 412 once someone else saved", async () => {
    await call("PUT", "/channels/hook", hook);
    const [, { etag }] = await call<ChannelJson>("GET", "/channels/hook");
    const mine = { ...hook, enabled: false };
    expect((await put("/channels/hook", mine, { "if-match": `"${etag}"` })).status).toBe(200);
    const late = await put("/channels/hook", hook, { "if-match": `"${etag}"` });
    expect([late.status, (await late.json()).detail]).toEqual([
      412,
      expect.stringContaining("changed since you loaded it"),
    ]);
    expect((await call<ChannelJson>("GET", "/channels/hook"))[1].spec).toEqual(mine);
  });

  test.each(["/channels/hook", "/routing-tree", "/rules/telemetry-blind"])(
    "may send the ETag header of GET %s, a list, or *",
    async (path) => {
      await call("PUT", "/channels/hook", hook);
      const read = await api.call("GET", `/api/v1${path}`);
      const [header, { spec }] = [read.headers.get("etag") ?? "", await read.json()];
      const again = await api.call("GET", `/api/v1${path}`, { headers: { "if-none-match": header } });
      expect(again.status).toBe(304);
      expect((await put(`${path}?dryRun=true`, spec, { "if-match": header })).status).toBe(200);
      expect((await put(`${path}?dryRun=true`, spec, { "if-match": `"other", ${header}` })).status).toBe(200);
      expect((await put(`${path}?dryRun=true`, spec, { "if-match": "*" })).status).toBe(200);
      expect((await put(`${path}?dryRun=true`, spec, { "if-match": '"other", "another"' })).status).toBe(412);
    },
  );

  test("of what is not stored is refused for any If-Match", async () => {
    expect((await put("/channels/none-yet", hook, { "if-match": "*" })).status).toBe(412);
  });

  test("of a default is made while it is the default", async () => {
    const [, { etag, spec }] = await call<RoutingTreeJson>("GET", "/routing-tree");
    const mine = { ...spec, receivers: [...spec.receivers, { name: "third" }] };
    expect((await put("/routing-tree", mine, { "if-match": `"${etag}"` })).status).toBe(200);
    expect((await put("/routing-tree", spec, { "if-match": `"${etag}"` })).status).toBe(412);
  });

  test("that creates does not replace", async () => {
    const fresh = { "if-none-match": "*" };
    expect((await put("/channels/hook", hook, fresh)).status).toBe(200);
    expect((await put("/channels/hook", hook, fresh)).status).toBe(412);
    const rule = { metric: "lost", threshold: 1, severity: "page" };
    expect((await put("/rules/telemetry-blind", rule, fresh)).status).toBe(412);
  });
});

describe("the routing tree", () => {
  test("is the product's own until one is applied", async () => {
    const [, before] = await call<RoutingTreeJson>("GET", "/routing-tree");
    expect(before).toMatchObject({ name: "default", isDefault: true, updatedAt: null });
    const [status] = await call("PUT", "/routing-tree", before.spec);
    expect(status).toBe(200);
    const [, after] = await call<RoutingTreeJson>("GET", "/routing-tree");
    expect(after).toMatchObject({ isDefault: false, spec: before.spec, updatedAt: "2026-11-22T13:20:00Z" });
  });

  test("with a channel that is none is refused at its place", async () => {
    const [status, problem] = await call<Problem>("PUT", "/routing-tree", tree);
    expect([status, problem.errors?.map(({ pointer }) => pointer)]).toEqual([400, ["/receivers/0/channels/0"]]);
  });

  test("says where labels lead", async () => {
    await call("PUT", "/channels/hook", hook);
    await call("PUT", "/routing-tree", tree);
    const labels = { severity: "page", datacenter: "ams", cause: "x" };
    const [, found] = await call<RoutesTestJson>("POST", "/routes/test", { labels });
    expect(found).toEqual({
      receivers: ["on-call", "everyone"],
      routes: [
        {
          path: '{}/{severity="page"}',
          receiver: "on-call",
          channels: ["hook"],
          onCall: [],
          groupLabels: { cause: "x" },
          groupWaitSeconds: 0,
          groupIntervalSeconds: 300,
          repeatIntervalSeconds: 14_400,
          muted: null,
        },
        {
          path: '{}/{datacenter=~"ams|lon"}',
          receiver: "everyone",
          channels: [],
          onCall: [],
          groupLabels: labels,
          groupWaitSeconds: 30,
          groupIntervalSeconds: 300,
          repeatIntervalSeconds: 14_400,
          muted: "within its mute time interval sundays",
        },
      ],
    });
    const [, draft] = await call<RoutesTestJson>("POST", "/routes/test", {
      labels,
      tree: { route: { receiver: "a" }, receivers: [{ name: "a" }] },
    });
    expect(draft.receivers).toEqual(["a"]);
    const [status, problem] = await call<Problem>("POST", "/routes/test", { labels, tree: {} });
    expect([status, problem.errors?.[0]?.pointer]).toEqual([400, "/tree/route"]);
  });
});
