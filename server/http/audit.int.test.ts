import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditEntryJson } from "#domain/api/audit.ts";
import { openRefusals } from "#server/audit/refusals.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { until } from "#test/until.ts";

let db: TestDatabase;
let api: TestApi;
let exporter: { id: string; token: string };

beforeAll(async () => {
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => new Date("2026-11-22T13:00:00Z") });
  const body = { name: "exporter", scopes: ["read", "write"] };
  exporter = (await (await api.call("POST", "/api/v1/tokens", { body })).json()) as typeof exporter;
  const put = (name: string, token?: string) =>
    api.call("PUT", `/api/v1/event-types/${name}`, {
      body: { owner: "payments", tier: "high", description: "=1+1" },
      ...(token ? { token, headers: { "x-tidemark-client-address": "203.0.113.7" } } : {}),
    });
  await put("EndSong");
  await put("AdClick", exporter.token);
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

async function list(query = ""): Promise<{ items: AuditEntryJson[]; nextCursor: string | null }> {
  const answer = await api.call("GET", `/api/v1/audit?${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { items: AuditEntryJson[]; nextCursor: string | null };
}

describe("the audit log over the API", () => {
  test.each([
    ["actor=exporter&kind=event_type", ["AdClick"]],
    ["kind=event_type", ["AdClick", "EndSong"]],
    ["act=event_type.created&name=EndSong", ["EndSong"]],
    ["address=203.0.113.7&act=event_type.created", ["AdClick"]],
    ["kind=event_type&to=2020-01-01T00:00:00Z", []],
    ["kind=event_type&from=2020-01-01T00:00:00Z", ["AdClick", "EndSong"]],
  ])("%s finds %j", async (query, names) => {
    expect((await list(query)).items.map(({ name }) => name)).toEqual(names);
  });

  test("what decides who may do what is in the entries: a token's limits, a person's role and teams", async () => {
    const body = { name: "limited", scopes: ["write"], teams: ["payments"], datacenters: ["ams"], eventTypes: ["Ad*"] };
    await api.call("POST", "/api/v1/tokens", { body });
    const limits = { teams: ["payments"], datacenters: ["ams"], eventTypes: ["Ad*"] };
    expect((await list("name=limited")).items[0]?.after).toMatchObject(limits);
    const person = { name: "Lea Lund", role: "editor" };
    const invited = await api.call("POST", "/api/v1/people", { body: person });
    const { id } = (await invited.json()) as { id: string };
    const change = (sent: object) => api.call("PATCH", `/api/v1/people/${id}`, { body: sent });
    for (const sent of [{ teams: ["ads", "payments"] }, { teams: ["payments", "ads", "ads"] }, { role: "viewer" }])
      expect((await change(sent)).status).toBe(200);
    // The second names the same teams.
    expect((await list("name=Lea+Lund&act=person.changed")).items.map(({ before, after }) => [before, after])).toEqual([
      [{ role: "editor" }, { role: "viewer" }],
      [{ teams: [] }, { teams: ["ads", "payments"] }],
    ]);
  });

  test("an entry has the team and the door", async () => {
    const [entry] = (await list("name=AdClick")).items;
    expect(entry).toMatchObject({ team: "payments", door: "token", actorKind: "token", before: null });
    expect(entry?.after).toMatchObject({ owner: "payments", tier: "high" });
  });

  test("an entry of a rule, a channel or a consumer has its owner as team, also when it is deleted", async () => {
    const owned = [
      ["/rules/quiet-site", { metric: "datacenter_silence", threshold: "10m", severity: "page" }],
      ["/channels/ops", { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_KEY" } }],
      ["/event-types/EndSong/consumers/job", { contact: "#job" }],
    ] as const;
    for (const [path, spec] of owned) {
      await api.call("PUT", `/api/v1${path}`, { body: { ...spec, owner: "ads" } });
      await api.call("DELETE", `/api/v1${path}`);
    }
    for (const kind of ["rule", "channel", "consumer"]) {
      const made = (await list(`kind=${kind}`)).items.map(({ act, team }) => [act, team]);
      expect(made).toEqual([
        [`${kind}.deleted`, "ads"],
        [`${kind}.created`, "ads"],
      ]);
    }
  });

  test("pages by its cursor until the end, each entry once", async () => {
    const all = (await list("limit=500")).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await list(`limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  test("as CSV, what looks like a formula is none", async () => {
    const answer = await api.call("GET", "/api/v1/audit?kind=event_type&limit=1", { headers: { accept: "text/csv" } });
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("link")).toMatch(/cursor=.*rel="next"/);
    const [header, line] = (await answer.text()).split("\r\n");
    expect(header).toBe("id,at,actor,actor_kind,actor_id,act,name,team,before,after,reason,door,address,request_id");
    expect(line).toContain(",event_type.created,AdClick,payments,");
  });

  test.each(["read", "respond", "write", "ingest"])("a token with %s may not read it", async (scope) => {
    const made = await api.call("POST", "/api/v1/tokens", { body: { name: `holds ${scope}`, scopes: [scope] } });
    const { token } = (await made.json()) as { token: string };
    expect((await api.call("GET", "/api/v1/audit", { token })).status).toBe(403);
  });

  test.each(["act=none", "limit=501", "cursor=x", "from=today", "who=me"])("%s is refused", async (query) => {
    expect((await api.call("GET", `/api/v1/audit?${query}`)).status).toBe(400);
  });

  test("a token's first use from an address is an entry, and its next is none", async () => {
    const headers = { "x-tidemark-client-address": "2001:db8:1:2::/64" };
    const used = async () => (await list("act=token.used_from_new_address&address=2001:db8:1:2::/64")).items;
    for (let times = 0; times < 3; times += 1)
      await api.call("GET", "/api/v1/tiers", { token: exporter.token, headers });
    await until("it is recorded", async () => (await used()).length > 0);
    expect(await used()).toMatchObject([{ name: "exporter", actor: "exporter", actorId: exporter.id }]);
  });

  test("a refused token is an entry at once, with where from and without what was tried", async () => {
    const headers = { "x-tidemark-client-address": "198.51.100.1" };
    const body = { token: `tm_${"x".repeat(43)}` };
    for (let times = 0; times < 3; times += 1)
      await api.call("POST", "/api/v1/session", { token: null, body, headers });
    const refused = async () => (await list("act=sign_in.refused&address=198.51.100.1")).items;
    await until("it is recorded", async () => (await refused()).length > 0);
    expect(await refused()).toMatchObject([{ actor: "stranger", name: "token", after: { attempts: 1 } }]);
    expect(JSON.stringify(await refused())).not.toContain("xxxx");
  });
});

test("a flood of refusals from many addresses is few entries, which count them all", async () => {
  const refusals = openRefusals({ database: db.database, maxAddresses: 3 });
  const before = (await list("act=sign_in.refused&limit=500")).items.length;
  for (let index = 0; index < 1_000; index += 1) {
    const from = { door: "browser", address: `192.0.2.${index % 50}`, requestId: null } as const;
    refusals.note(from, { what: "link", reason: "unknown" });
  }
  await refusals.flush();
  const counted = () => list("act=sign_in.refused&limit=500");
  await until("all are recorded", async () => (await counted()).items.length === before + 7);
  const own = (await counted()).items.filter(({ name }) => name === "link");
  expect(own.reduce((sum, { after }) => sum + Number(after?.attempts), 0)).toBe(1_000);
  expect(own.filter(({ address }) => address === "(more addresses)")).toHaveLength(1);
});
