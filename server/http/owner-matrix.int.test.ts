import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "#domain/access/role.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { createTestToken, signInPerson, type TestCaller } from "#test/people.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

// Every operation that needs `write` has a rule here: whether a team owns what it changes. A new one without a rule fails.

interface Made {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

type Owner = "ads" | "payments" | null;
/** Makes something of the owner, as an administrator, and what asks to change it so that it stays the owner's. */
type OwnedRule = (owner: Owner, nth: number) => Promise<Made>;

let db: TestDatabase;
let api: TestApi;
let operations: { title: string; scopes: string[] }[];

const pager = { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_KEY" } };
const source = {
  cloudMonitoring: { project: "my-project", jobs: [{ match: "etl", eventType: "EndSong", datacenter: "ams" }] },
};
const rule = { metric: "datacenter_silence", threshold: "10m", severity: "page" };
const hook = {
  provider: "argocd",
  secret: { env: "TIDEMARK_SECRET_HOOK" },
  mappings: [{ match: ".*", component: "exporter" }],
};
const ownedBy = (owner: Owner) => (owner === null ? {} : { owner });

async function admin(method: string, path: string, body?: unknown): Promise<{ id: string }> {
  const answer = await api.call(method, `/api/v1${path}`, body === undefined ? {} : { body });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? { id: "" } : ((await answer.json()) as { id: string });
}

async function putChannel(owner: Owner, nth: number): Promise<string> {
  const path = `/channels/channel-${owner}-${nth}`;
  await admin("PUT", path, { ...pager, ...ownedBy(owner) });
  return path;
}
async function putSource(owner: Owner, nth: number): Promise<string> {
  const path = `/sources/source-${owner}-${nth}`;
  await admin("PUT", path, { ...source, ...ownedBy(owner) });
  return path;
}
async function putRule(owner: Owner, nth: number): Promise<string> {
  const path = `/rules/rule-${owner}-${nth}`;
  await admin("PUT", path, { ...rule, ...ownedBy(owner) });
  return path;
}
async function putHook(owner: Owner, nth: number): Promise<string> {
  const path = `/deployment-hooks/hook-${owner}-${nth}`;
  await admin("PUT", path, { ...hook, ...ownedBy(owner) });
  return path;
}
/** A claimed type has an owner: what has none is a discovered one. */
async function makeType(owner: Owner, nth: number): Promise<string> {
  const name = `Type-${owner}-${nth}`;
  if (owner === null)
    await db.database.sql.query(
      "INSERT INTO event_type (name, discovered_at) VALUES ($1, now()) ON CONFLICT (name) DO NOTHING",
      [name],
    );
  else await admin("PUT", `/event-types/${name}`, { owner, tier: "high" });
  return name;
}
async function putConsumer(owner: Owner, nth: number): Promise<{ eventType: string; consumer: string; path: string }> {
  const consumer = `job-${owner}-${nth}`;
  const path = `/event-types/Read/consumers/${consumer}`;
  await admin("PUT", path, { contact: "#job", ...ownedBy(owner) });
  return { eventType: "Read", consumer, path };
}
async function subscribe(owner: Owner, nth: number): Promise<string> {
  const { eventType, consumer } = await putConsumer(owner, nth);
  const url = "https://example.com/x";
  const { id } = await admin("POST", "/subscriptions", { eventType, consumer, url, events: ["complete"] });
  return id;
}
const discard = (eventType: string) => ({
  action: "discard-counts",
  eventType,
  datacenter: "ams",
  from: "2026-11-22T10",
  to: "2026-11-22T11",
  reason: "counted twice",
});
const yaml = { "content-type": "application/yaml" };

const owned: Record<string, OwnedRule> = {
  "PUT /channels/{name}": async (owner, nth) => ({
    path: await putChannel(owner, nth),
    body: { ...pager, ...ownedBy(owner), enabled: false },
  }),
  "DELETE /channels/{name}": async (owner, nth) => ({ path: await putChannel(owner, nth) }),
  "PUT /rules/{name}": async (owner, nth) => ({
    path: await putRule(owner, nth),
    body: { ...rule, ...ownedBy(owner), enabled: false },
  }),
  "DELETE /rules/{name}": async (owner, nth) => ({ path: await putRule(owner, nth) }),
  "PUT /deployment-hooks/{name}": async (owner, nth) => ({
    path: await putHook(owner, nth),
    body: { ...hook, ...ownedBy(owner), enabled: false },
  }),
  "DELETE /deployment-hooks/{name}": async (owner, nth) => ({ path: await putHook(owner, nth) }),
  "POST /deployment-hooks/{name}/rotate-secret": async (owner, nth) => {
    const path = await putHook(owner, nth);
    const { secret: _, ...kept } = hook;
    await admin("PUT", path, { ...kept, ...ownedBy(owner) });
    return { path: `${path}/rotate-secret`, body: { overlap: "0s" } };
  },
  "PUT /sources/{name}": async (owner, nth) => ({
    path: await putSource(owner, nth),
    body: { ...source, ...ownedBy(owner), enabled: false },
  }),
  "DELETE /sources/{name}": async (owner, nth) => ({ path: await putSource(owner, nth) }),
  // A claimed type always has an owner.
  "PUT /event-types/{name}": async (owner, nth) => ({
    path: `/event-types/${await makeType(owner ?? "ads", nth)}`,
    body: { owner: owner ?? "ads", tier: "normal" },
  }),
  "PUT /event-types/{name}/consumers/{consumer}": async (owner, nth) => ({
    path: (await putConsumer(owner, nth)).path,
    body: { contact: "#other", ...ownedBy(owner) },
  }),
  "DELETE /event-types/{name}/consumers/{consumer}": async (owner, nth) => ({
    path: (await putConsumer(owner, nth)).path,
  }),
  "POST /subscriptions": async (owner, nth) => {
    const { eventType, consumer } = await putConsumer(owner, nth);
    return {
      path: "/subscriptions",
      body: { eventType, consumer, url: "https://example.com/x", events: ["complete"] },
    };
  },
  "DELETE /subscriptions/{id}": async (owner, nth) => ({ path: `/subscriptions/${await subscribe(owner, nth)}` }),
  "POST /subscriptions/{id}/rotate-secret": async (owner, nth) => ({
    path: `/subscriptions/${await subscribe(owner, nth)}/rotate-secret`,
  }),
  "POST /corrections": async (owner, nth) => ({ path: "/corrections", body: discard(await makeType(owner, nth)) }),
  "DELETE /corrections/{id}": async (owner, nth) => {
    const { id } = await admin("POST", "/corrections", discard(await makeType(owner, nth)));
    return { path: `/corrections/${id}` };
  },
  "POST /catalogue": async (owner, nth) => {
    const name = (await putChannel(owner, nth)).split("/").at(-1);
    const spec = { ...pager, ...ownedBy(owner), enabled: false };
    const document = { apiVersion: "tidemark/v1", kind: "Channel", metadata: { name }, spec };
    return { path: "/catalogue", body: JSON.stringify(document), headers: yaml };
  },
  "POST /slo/openslo": async (owner, nth) => {
    // Objectives are fields of the type, which is its owner's.
    const name = await makeType(owner ?? "ads", nth);
    const slo = {
      apiVersion: "openslo/v1",
      kind: "SLO",
      metadata: { name: `t-${nth}`, annotations: { "tidemark/event-type": name, "tidemark/measure": "timeliness" } },
      spec: {
        service: "ads",
        timeWindow: [{ duration: "1M", calendar: { startTime: "2026-01-01 00:00:00", timeZone: "UTC" } }],
        budgetingMethod: "Timeslices",
        objectives: [{ target: 0.995, timeSliceTarget: 1, timeSliceWindow: "1h" }],
      },
    };
    return { path: "/slo/openslo", body: JSON.stringify(slo), headers: yaml };
  },
};

/** Belong to every editor, and why. */
const everyEditors: Record<string, string> = {
  "PUT /datacenters/{name}": "one for the whole product",
  "PUT /tiers/{name}": "one for the whole product",
  "PUT /routing-tree": "one for the whole product",
  "PUT /on-call-schedules/{name}": "people of several teams",
  "DELETE /on-call-schedules/{name}": "people of several teams",
  "DELETE /event-types/{name}": "only discovered ones, which have no owner",
  "DELETE /datacenters/{name}": "only discovered ones",
  "DELETE /reporters/{name}": "of no claimed type",
  "POST /event-types/{name}/discovered-consumers/{consumer}/dismiss": "a suggestion, which no team owns yet",
  "POST /event-types/{name}/discovered-consumers/{consumer}/restore": "a suggestion, which no team owns yet",
  "POST /rejected-messages/{id}/resubmit": "facts, as they were sent",
  "POST /volume-exclusions": "marks an incident",
  "DELETE /volume-exclusions/{id}": "marks an incident",
  "POST /slo/excuses": "responders excuse hours",
  "POST /slo/excuses/{id}/approval": "responders excuse hours",
  "DELETE /slo/excuses/{id}": "responders excuse hours",
  "POST /slo/snapshots": "keeps a report",
};

interface Who {
  writes: boolean;
  /** null: no limit. */
  teams: readonly string[] | null;
  caller: () => TestCaller;
}
const people: Record<string, { role: Role; teams: string[] }> = {
  "a viewer of the team": { role: "viewer", teams: ["ads"] },
  "a responder of the team": { role: "responder", teams: ["ads"] },
  "an editor of the team": { role: "editor", teams: ["ads"] },
  "an editor of another team": { role: "editor", teams: ["payments"] },
  "an editor of no team": { role: "editor", teams: [] },
  "an administrator": { role: "admin", teams: [] },
};
const tokens: Record<string, { scopes: string[]; teams?: string[] }> = {
  "a token that ingests": { scopes: ["ingest"] },
  "a token that reads": { scopes: ["read"] },
  "a token that responds": { scopes: ["respond"] },
  "a token that writes": { scopes: ["write"] },
  "a token that administers": { scopes: ["admin"] },
  "a token of the team": { scopes: ["write"], teams: ["ads"] },
  "a token of another team": { scopes: ["write"], teams: ["payments"] },
};
const everyone: Record<string, Who> = {};

beforeAll(async () => {
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => new Date("2026-11-22T13:20:00Z") });
  const document = await (await api.call("GET", "/api/openapi.json")).json();
  const { paths } = document as { paths: Record<string, Record<string, { security?: Record<string, string[]>[] }>> };
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { security = [] }]) => ({
      title: `${method.toUpperCase()} ${path.replace("/api/v1", "")}`,
      scopes: security.flatMap(({ bearer = [] }) => bearer),
    })),
  );
  await admin("PUT", "/datacenters/ams", {});
  await admin("PUT", "/event-types/Read", { owner: "platform", tier: "high" });
  const add = (title: string, teams: readonly string[] | null, writes: boolean, caller: TestCaller) => {
    everyone[title] = { writes, teams, caller: () => caller };
  };
  for (const [name, { role, teams }] of Object.entries(people)) {
    const caller = await signInPerson(api, { name, role, teams });
    add(name, role === "admin" ? null : teams, role === "editor" || role === "admin", caller);
  }
  for (const [name, { scopes, teams }] of Object.entries(tokens)) {
    const caller = await createTestToken(api, { name, scopes, ...(teams ? { teams } : {}) });
    add(name, teams ?? null, scopes.includes("write") || scopes.includes("admin"), caller);
    if (!scopes.includes("write")) continue;
    const body = {
      token: (await createTestToken(api, { name, scopes: [...scopes, "read"], ...(teams ? { teams } : {}) })).token,
    };
    const signedIn = await api.call("POST", "/api/v1/session", { token: null, body });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const own = { cookie, "sec-fetch-site": "same-origin" };
    add(`a session of ${name}`, teams ?? null, true, {
      call: (method, path, sent, headers = {}) =>
        api.call(method, path, { token: null, body: sent, headers: { ...own, ...headers } }),
    });
  }
  const visit = { cookie: `tidemark_session=${await api.access.startVisit()}`, "sec-fetch-site": "same-origin" };
  add("a visitor", [], false, {
    call: (method, path, body, headers = {}) =>
      api.call(method, path, { token: null, body, headers: { ...visit, ...headers } }),
  });
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

test("every operation that changes something with `write` has a rule, and no rule is without its operation", () => {
  const writing = operations.filter(({ title, scopes }) => scopes.includes("write") && !title.startsWith("GET "));
  const ruled = [...Object.keys(owned), ...Object.keys(everyEditors)];
  expect(writing.map(({ title }) => title).sort()).toEqual(ruled.sort());
});

describe.each(Object.entries(owned))("%s", (title, make) => {
  const [method = ""] = title.split(" ");
  const owners: Owner[] =
    title === "PUT /event-types/{name}" || title === "POST /slo/openslo" ? ["ads"] : ["ads", null];

  test.each(owners)("of %s is for those who write, and who are of its team", async (owner) => {
    let nth = 0;
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [name, { writes, teams, caller }] of Object.entries(everyone)) {
      nth += 1;
      const { path, body, headers } = await make(owner, nth);
      const answer = await caller().call(method, `/api/v1${path}`, body, headers);
      found[name] = answer.status < 300 ? "may" : `${answer.status}`;
      const isTheirs = teams === null || owner === null || teams.includes(owner);
      expected[name] = writes && isTheirs ? "may" : "403";
    }
    expect(found).toEqual(expected);
  });
});
