import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let db: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => new Date("2026-11-22T13:20:00Z") });
  await call("PUT", "/event-types/EndSong", { body: { owner: "music", tier: "high" } });
  await call("PUT", "/datacenters/ams", { body: {} });
  await call("PUT", "/channels/ada", { body: { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_ADA_KEY" } } });
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

interface Options {
  body?: object | undefined;
  headers?: Record<string, string>;
}

async function call(method: string, path: string, options: Options = {}) {
  const answer = await api.call(method, `/api/v1${path}`, options);
  const text = await answer.text();
  return { status: answer.status, tag: answer.headers.get("etag") ?? "", text };
}

async function done(method: string, path: string, body?: object): Promise<{ id: string }> {
  const { status, text } = await call(method, path, { body });
  expect([path, status, text]).toEqual([path, expect.toBeOneOf([200, 201, 204]), text]);
  return text === "" ? { id: "" } : JSON.parse(text);
}

let made = 0;
const fresh = (prefix: string) => {
  made += 1;
  return `${prefix}/n${made}`;
};

interface Noun {
  /** Creates one; returns its path. */
  make: () => Promise<string>;
  /** Changes what a person can change of it. null: nothing, as long as this call may be made. */
  change: ((path: string) => Promise<unknown>) | null;
  /** What PUT sends. */
  body?: object;
  /** What DELETE asks for. */
  query?: string;
}

const put = (prefix: string, first: object, second: object): Noun => ({
  async make() {
    const path = fresh(prefix);
    await done("PUT", path, first);
    return path;
  },
  change: (path) => done("PUT", path, second),
  body: first,
});
const discovered = (prefix: string, table: string): Noun => ({
  async make() {
    const path = fresh(prefix);
    await db.database.sql.query(`INSERT INTO ${table} (name, discovered_at) VALUES ($1, now())`, [
      path.split("/").at(-1),
    ]);
    return path;
  },
  change: null,
});
const created = (path: string, body: object, change: (path: string) => Promise<unknown>): Noun => ({
  make: async () => `${path}/${(await done("POST", path, body)).id}`,
  change,
});

const hook = { type: "webhook", url: { env: "TIDEMARK_SECRET_HOOK_URL" } };
const channel = put("/channels", hook, { ...hook, enabled: false });
const rule = put(
  "/rules",
  { metric: "lost", threshold: 1, severity: "page" },
  { metric: "lost", threshold: 2, severity: "page" },
);
const schedule = (timeZone: string) => ({
  timeZone,
  people: [{ name: "Ada Lind", channels: ["ada"] }],
  layers: [{ name: "weeks", people: ["Ada Lind"], rotation: "weekly", startsOn: "2026-11-23" }],
});
const releases = (component: string) => ({
  provider: "argocd",
  secret: { env: "TIDEMARK_SECRET_HOOK" },
  mappings: [{ match: ".*", component }],
});
const hooks = put("/deployment-hooks", releases("exporter"), releases("etl"));
const onCall = put("/on-call-schedules", schedule("UTC"), schedule("Europe/Stockholm"));
const google = (project: string) => ({
  cloudMonitoring: { project, jobs: [{ match: "etl", eventType: "EndSong", datacenter: "ams" }] },
});
const source = put("/sources", google("one-project"), google("other-project"));
const excuse = { eventTypes: ["EndSong"], from: "2026-11-22T10", to: "2026-11-22T11", reason: "A test." };
const tree = (receiver: string) => ({ route: { receiver }, receivers: [{ name: receiver }] });
const consumer = put("/event-types/EndSong/consumers", { contact: "#a" }, { contact: "#b" });
const correction = { action: "reset-watermark", datacenter: "ams", after: "2026-11-22T10:00:00Z", reason: "A test." };
const quiet = { matchers: ['datacenter="ams"'], duration: "2h", reason: "New switches." };
const silence: Noun = {
  ...created("/silences", quiet, (path) => done("POST", `${path}/extend`, { duration: "1h" })),
  body: quiet,
};

/** Every call that writes what a GET answers. */
const writes: Record<string, Noun> = {
  "DELETE /channels/{name}": channel,
  "DELETE /corrections/{id}": created("/corrections", correction, (path) => done("DELETE", path)),
  "DELETE /datacenters/{name}": discovered("/datacenters", "datacenter"),
  "DELETE /event-types/{name}": discovered("/event-types", "event_type"),
  "DELETE /event-types/{name}/consumers/{consumer}": consumer,
  "DELETE /deployment-hooks/{name}": hooks,
  "DELETE /on-call-schedules/{name}": onCall,
  "DELETE /rules/{name}": rule,
  "DELETE /silences/{id}": silence,
  "DELETE /slo/excuses/{id}": {
    ...created("/slo/excuses", excuse, (path) => done("DELETE", `${path}?reason=Not+this+one.`)),
    query: "?reason=A+test.",
  },
  "DELETE /sources/{name}": source,
  "DELETE /subscriptions/{id}": {
    async make() {
      const name = (await consumer.make()).split("/").at(-1);
      const url = "https://example.com/hook";
      const { id } = await done("POST", "/subscriptions", {
        eventType: "EndSong",
        consumer: name,
        url,
        events: ["complete"],
      });
      return `/subscriptions/${id}`;
    },
    change: (path) => done("POST", `${path}/rotate-secret`),
  },
  "PUT /channels/{name}": channel,
  "PUT /datacenters/{name}": put("/datacenters", { displayName: "A" }, { displayName: "B" }),
  "PUT /event-types/{name}": put("/event-types", { owner: "a", tier: "high" }, { owner: "b", tier: "high" }),
  "PUT /event-types/{name}/consumers/{consumer}": consumer,
  "PUT /deployment-hooks/{name}": hooks,
  "PUT /on-call-schedules/{name}": onCall,
  "PUT /tiers/{name}": put("/tiers", { deadline: "1h" }, { deadline: "2h" }),
  "PUT /routing-tree": {
    make: async () => "/routing-tree",
    change: () => done("PUT", "/routing-tree", tree(fresh("team"))),
    body: tree("team"),
  },
  "PUT /rules/{name}": rule,
  "PUT /silences/{id}": silence,
  "PUT /sources/{name}": source,
};

type Operation = { parameters?: { in: string; name: string }[]; responses: Record<string, unknown> };

async function describedWrites(): Promise<Map<string, Operation>> {
  const answer = await api.call("GET", "/api/openapi.json");
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, Operation>> };
  const found = Object.entries(paths).flatMap(([path, { get, put: replace, delete: remove }]) => {
    // The visitor's own cookie: nothing is stored that another could have changed.
    if (!get || path === "/api/v1/session" || path === "/api/v1/sessions") return [];
    const short = path.replace("/api/v1", "");
    return [
      ...(replace ? [[`PUT ${short}`, replace] as const] : []),
      ...(remove ? [[`DELETE ${short}`, remove] as const] : []),
    ];
  });
  return new Map(found);
}

test("every PUT and DELETE of what a GET answers is tried here, and described with If-Match and 412", async () => {
  const described = await describedWrites();
  expect([...described.keys()].sort()).toEqual(Object.keys(writes).sort());
  for (const [title, { parameters = [], responses }] of described) {
    const headers = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
    expect([title, headers.includes("if-match"), "412" in responses]).toEqual([title, true, true]);
  }
});

describe.each(Object.entries(writes))("%s", (title, { make, change, body, query = "" }) => {
  const [method = ""] = title.split(" ");
  const write = (path: string, ifMatch: string) =>
    call(method, path + query, { body, headers: { "if-match": ifMatch } });

  test("is refused with 412 if it changed since it was read, and changes nothing", async () => {
    const path = await make();
    const stale = change ? (await call("GET", path)).tag : '"another"';
    await change?.(path);
    const before = await call("GET", path);
    expect(before.tag).not.toBe(stale);
    expect((await write(path, stale)).status).toBe(412);
    expect(await call("GET", path)).toEqual(before);
  });

  test("is made of what was read: by the ETag header, by the `etag`, in a list", async () => {
    for (const named of [
      (tag: string) => tag,
      (_: string, etag: string) => `"${etag}"`,
      (tag: string) => `"another", ${tag}`,
      () => "*",
    ]) {
      const path = await make();
      const { tag, text } = await call("GET", path);
      const { status } = await write(path, named(tag, JSON.parse(text).etag));
      expect([path, status]).toEqual([path, expect.toBeOneOf([200, 204])]);
    }
  });
});

const creating = Object.entries(writes).filter(([title]) => title.startsWith("PUT"));

test.each(creating)("%s with If-None-Match does not replace one", async (_, { make, body }) => {
  const path = await make();
  expect((await call("PUT", path, { body, headers: { "if-none-match": "*" } })).status).toBe(412);
});

// The tree always exists, and a silence is created by POST.
const named = creating.filter(([title]) => title.endsWith("name}") || title.endsWith("consumer}"));

test.each(named)("%s with If-Match creates none", async (_, { make, body }) => {
  const path = `${await make()}-other`;
  expect((await call("PUT", path, { body, headers: { "if-match": "*" } })).status).toBe(412);
  expect((await call("GET", path)).status).toBe(404);
});
