import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { createTestToken, signInPerson, type TestCaller } from "#test/people.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let db: TestDatabase;
let api: TestApi;
let paul: TestCaller;
let anna: TestCaller;
let both: TestCaller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => new Date("2026-11-22T13:20:00Z"), dashboard: "private" });
  paul = await signInPerson(api, { name: "Paul Payments", role: "editor", teams: ["payments"] });
  anna = await signInPerson(api, { name: "Anna Ads", role: "editor", teams: ["ads"] });
  both = await signInPerson(api, { name: "Bo Both", role: "editor", teams: ["ads", "payments"] });
  await put("/datacenters/ams", {});
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

const admin: TestCaller = { call: (method, path, body, headers = {}) => api.call(method, path, { body, headers }) };

async function put(path: string, body: object, by: TestCaller = admin): Promise<number> {
  return (await by.call("PUT", `/api/v1${path}`, body)).status;
}

async function problemOf(answer: Response) {
  const { status, detail, errors, objects } = (await answer.json()) as Record<string, unknown>;
  return { status, detail, errors, objects };
}

const rule = { metric: "datacenter_silence", threshold: "10m", severity: "page" };
const pager = { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_KEY" } };
const nouns = {
  "event type": (name: string) => ({ path: `/event-types/${name}`, spec: { tier: "high" } }),
  "alert rule": (name: string) => ({ path: `/rules/${name}`, spec: rule }),
  channel: (name: string) => ({ path: `/channels/${name}`, spec: pager }),
};

describe.each(Object.entries(nouns))("%s with an owner", (noun, make) => {
  const named = (what: string) => make(`${what}-${noun.replace(" ", "-")}`);

  test("is created by a member of its team, changed by them, and by no other editor", async () => {
    const { path, spec } = named("created");
    expect(await put(path, { ...spec, owner: "payments" }, anna)).toBe(403);
    expect(await put(path, { ...spec, owner: "payments" }, paul)).toBe(200);
    expect(await put(path, { ...spec, owner: "payments", description: "x" }, anna)).toBe(
      noun === "channel" ? 400 : 403,
    );
    expect(await put(path, { ...spec, owner: "payments" }, anna)).toBe(200);
    expect(await put(path, { ...spec, owner: "ads" }, anna)).toBe(403);
  });

  test("is handed over by someone in both teams, or an administrator", async () => {
    const { path, spec } = named("handed-over");
    expect(await put(path, { ...spec, owner: "payments" })).toBe(200);
    expect(await put(path, { ...spec, owner: "ads" }, paul)).toBe(403);
    expect(await put(path, { ...spec, owner: "ads" }, both)).toBe(200);
    expect(await put(path, { ...spec, owner: "payments" })).toBe(200);
  });

  test("shows the same refusal in a dry run, with the object, its team and who to ask", async () => {
    const { path, spec } = named("owned");
    expect(await put(path, { ...spec, owner: "payments" })).toBe(200);
    const changed = await anna.call("PUT", `/api/v1${path}?dryRun=true`, { ...spec, owner: "ads" });
    const [kind] = { "event type": ["EventType"], "alert rule": ["AlertRule"], channel: ["Channel"] }[noun] ?? [];
    const name = path.split("/").at(-1);
    const sentence = `The ${noun} "${name}" belongs to team "payments". Ask one of its members or an administrator to change it.`;
    expect(await problemOf(changed)).toEqual({
      status: 403,
      detail: `Nothing was changed. ${sentence}`,
      errors: [{ pointer: "/owner", detail: sentence }],
      objects: [{ kind, name, team: "payments" }],
    });
  });
});

test("what no team owns is every editor's, and a member may give it to their team", async () => {
  expect(await put("/channels/free", pager, anna)).toBe(200);
  expect(await put("/channels/free", { ...pager, enabled: false }, paul)).toBe(200);
  expect(await put("/channels/free", { ...pager, owner: "payments" }, anna)).toBe(403);
  expect(await put("/channels/free", { ...pager, owner: "payments" }, paul)).toBe(200);
  expect(await put("/channels/free", pager, anna)).toBe(403);
});

test("only its team deletes a rule or a channel", async () => {
  await put("/channels/doomed", { ...pager, owner: "payments" });
  await put("/rules/doomed", { ...rule, owner: "payments" });
  for (const path of ["/channels/doomed", "/rules/doomed"]) {
    expect((await anna.call("DELETE", `/api/v1${path}`)).status).toBe(403);
    expect((await paul.call("DELETE", `/api/v1${path}`)).status).toBe(204);
  }
});

test("a catalogue that touches another team's objects is refused as a whole, naming each document", async () => {
  await put("/channels/theirs", { ...pager, owner: "payments" });
  await put("/rules/theirs", { ...rule, owner: "payments" });
  const documents = `
apiVersion: tidemark/v1
kind: Channel
metadata: { name: mine }
spec: { type: pagerduty, routingKey: { env: TIDEMARK_SECRET_KEY }, owner: ads }
---
apiVersion: tidemark/v1
kind: Channel
metadata: { name: theirs }
spec: { type: pagerduty, routingKey: { env: TIDEMARK_SECRET_KEY }, owner: payments, enabled: false }
---
apiVersion: tidemark/v1
kind: AlertRule
metadata: { name: theirs }
spec: { metric: datacenter_silence, threshold: 10m, severity: page, owner: ads }
---
apiVersion: tidemark/v1
kind: AlertRule
metadata: { name: given }
spec: { metric: datacenter_silence, threshold: 10m, severity: page, owner: platform }
`;
  for (const query of ["", "?dryRun=true"]) {
    const answer = await anna.call("POST", `/api/v1/catalogue${query}`, documents, {
      "content-type": "application/yaml",
    });
    const { status, detail, errors, objects } = await problemOf(answer);
    expect([status, detail]).toEqual([
      403,
      'Nothing was changed. 3 objects belong to other teams, or would be given to them: "payments", "platform". Ask their members or an administrator.',
    ]);
    expect(errors).toMatchObject([
      { pointer: "/1/metadata/name", line: 9 },
      { pointer: "/2/spec/owner", line: 15 },
      { pointer: "/3/spec/owner", line: 20 },
    ]);
    expect(objects).toEqual([
      { kind: "Channel", name: "theirs", team: "payments" },
      { kind: "AlertRule", name: "theirs", team: "payments" },
      { kind: "AlertRule", name: "given", team: "platform" },
    ]);
  }
  expect((await admin.call("GET", "/api/v1/channels/mine")).status).toBe(404);
});

describe("consumers", () => {
  const path = "/event-types/Read/consumers/job";
  const spec = { contact: "#job" };

  beforeAll(async () => {
    await put("/event-types/Read", { owner: "payments", tier: "high" });
    await put(path, { ...spec, owner: "ads" });
  });

  test("belong to their own team, not their type's", async () => {
    expect(await put(path, { ...spec, owner: "ads", description: "x" }, paul)).toBe(403);
    expect(await put(path, { ...spec, owner: "ads", description: "x" }, anna)).toBe(200);
    expect(await put("/event-types/Read/consumers/new", { ...spec, owner: "payments" }, anna)).toBe(403);
    expect((await paul.call("DELETE", `/api/v1${path}`)).status).toBe(403);
    const named = await problemOf(await paul.call("PUT", `/api/v1${path}`, spec));
    expect(named.objects).toEqual([{ kind: "Consumer", name: "job of Read", team: "ads" }]);
    expect(await (await anna.call("GET", `/api/v1${path}`)).json()).toMatchObject({ owner: "ads", description: "x" });
  });

  test("own their webhooks", async () => {
    const body = { eventType: "Read", consumer: "job", url: "https://example.com/x", events: ["complete"] };
    const made = (by: TestCaller) => by.call("POST", "/api/v1/subscriptions", body);
    expect((await made(paul)).status).toBe(403);
    const { id } = (await (await made(anna)).json()) as { id: string };
    for (const [method, tail] of [
      ["POST", "/rotate-secret"],
      ["DELETE", ""],
    ] as const) {
      const at = `/api/v1/subscriptions/${id}${tail}`;
      expect((await paul.call(method, at)).status).toBe(403);
      expect((await anna.call(method, at)).status).toBe(method === "POST" ? 200 : 204);
    }
  });
});

describe("corrections", () => {
  const discard = {
    action: "discard-counts",
    eventType: "Fixed",
    datacenter: "ams",
    from: "2026-11-22T10",
    to: "2026-11-22T11",
    reason: "counted twice",
  };

  beforeAll(async () => {
    await put("/event-types/Fixed", { owner: "payments", tier: "high" });
    await put("/event-types/NotTheirs", { owner: "ads", tier: "high" });
  });

  test("of a type are its owner's, to preview, create and undo", async () => {
    for (const query of ["?dryRun=true", ""]) {
      const { status, objects } = await problemOf(await anna.call("POST", `/api/v1/corrections${query}`, discard));
      expect([status, objects]).toEqual([403, [{ kind: "EventType", name: "Fixed", team: "payments" }]]);
    }
    const made = await paul.call("POST", "/api/v1/corrections", discard);
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    expect((await anna.call("DELETE", `/api/v1/corrections/${id}`)).status).toBe(403);
    expect((await paul.call("DELETE", `/api/v1/corrections/${id}`)).status).toBe(200);
  });

  test("of every type of a datacenter need someone who may change every type", async () => {
    const reset = { action: "reset-watermark", datacenter: "ams", after: "2026-11-22T10:00:00Z", reason: "ran ahead" };
    expect((await problemOf(await paul.call("POST", "/api/v1/corrections", reset))).objects).toEqual([
      { kind: "EventType", name: "NotTheirs", team: "ads" },
    ]);
    expect((await admin.call("POST", "/api/v1/corrections", reset)).status).toBe(201);
  });
});

describe("a token", () => {
  test("of no team may change everything, as programs that apply catalogues do", async () => {
    const ci = await createTestToken(api, { name: "ci", scopes: ["write"] });
    await put("/channels/by-ci", { ...pager, owner: "payments" });
    expect(await put("/channels/by-ci", { ...pager, owner: "ads" }, ci)).toBe(200);
  });

  test("limited to teams changes theirs and what no team owns; sessions that it begins follow it", async () => {
    const limited = await createTestToken(api, { name: "ads ci", scopes: ["read", "write"], teams: ["ads"] });
    await put("/channels/limited", { ...pager, owner: "payments" });
    expect(await put("/channels/limited", pager, limited)).toBe(403);
    expect(await put("/channels/limited-own", { ...pager, owner: "ads" }, limited)).toBe(200);
    const body = { token: limited.token };
    const signedIn = await api.call("POST", "/api/v1/session", { token: null, body });
    const headers = {
      cookie: signedIn.headers.get("set-cookie")?.split(";")[0] ?? "",
      "sec-fetch-site": "same-origin",
    };
    const sent = { token: null, headers, body: pager };
    expect((await api.call("PUT", "/api/v1/channels/limited", sent)).status).toBe(403);
    const who = await api.call("GET", "/api/v1/session", { token: null, headers });
    expect(await who.json()).toMatchObject({ teams: ["ads"] });
  });

  test.each([[["read"]], [["write", "admin"]]])("with scopes %j cannot be limited to teams", async (scopes) => {
    const body = { name: "useless", scopes, teams: ["ads"] };
    expect((await problemOf(await api.call("POST", "/api/v1/tokens", { body }))).status).toBe(400);
  });
});

test("a local person's teams are an administrator's to change, and count at once", async () => {
  const lea = await signInPerson(api, { name: "Lea Local", role: "editor" });
  await put("/channels/of-lea", { ...pager, owner: "payments" });
  expect(await put("/channels/of-lea", pager, lea)).toBe(403);
  const changed = await admin.call("PATCH", `/api/v1/people/${lea.id}`, { teams: ["payments", "ads", "ads"] });
  expect(await changed.json()).toMatchObject({ teams: ["ads", "payments"] });
  expect(await put("/channels/of-lea", pager, lea)).toBe(200);
  expect((await lea.call("PATCH", `/api/v1/people/${lea.id}`, { teams: ["platform"] })).status).toBe(403);
  await db.database.sql.query("UPDATE person SET issuer = 'https://id.example', subject = '1' WHERE id = $1", [lea.id]);
  const refused = await problemOf(await admin.call("PATCH", `/api/v1/people/${lea.id}`, { teams: [] }));
  expect([refused.status, refused.detail]).toEqual([
    409,
    "Lea Local signs in at https://id.example, whose groups decide the teams (TIDEMARK_OIDC_TEAMS). Change their groups there.",
  ]);
});

test("an owner that changes between the check and the act is noticed", async () => {
  await put("/channels/raced", pager);
  // The administrator's change waits for the lock first, Anna's behind it.
  const changes = await db.database.transaction(async (tx) => {
    await tx.query("SELECT FROM channel FOR UPDATE");
    const given = put("/channels/raced", { ...pager, owner: "payments" });
    await waiting(1);
    const raced = put("/channels/raced", { ...pager, enabled: false }, anna);
    await waiting(2);
    return [given, raced];
  });
  expect(await Promise.all(changes)).toEqual([200, 403]);
});

/** Until so many statements wait for a lock. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await db.database.sql.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.waiting ?? 0) >= count) return;
  }
}
