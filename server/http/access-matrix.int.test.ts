import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roles, scopesOfRole } from "#domain/access/role.ts";
import { type Scope, scopes } from "#domain/access/scope.ts";
import { signVisit } from "#server/access/visit.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { signInPerson } from "#test/people.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

interface Operation {
  security?: Record<string, string[]>[];
  requestBody?: { content: Record<string, { example?: unknown; schema?: { $ref?: string; example?: unknown } }> };
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { example?: unknown }> };
}

let test: TestDatabase;
let api: TestApi;
let document: Document;
const tokens = new Map<Scope, string>();
let rejectedId = "";

beforeAll(async () => {
  test = await createTestDatabase();
  api = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
  document = (await (await api.call("GET", "/api/openapi.json")).json()) as Document;
  await api.call("PUT", "/api/v1/event-types/EndSong", { body: { owner: "x", tier: "high" } });
  await api.call("PUT", "/api/v1/datacenters/ams", { body: {} });
  await api.call("PUT", "/api/v1/channels/ada-pager", {
    body: { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_ADA_KEY" } },
  });
  await api.call("PUT", "/api/v1/on-call-schedules/data-platform", {
    body: {
      timeZone: "UTC",
      people: [{ name: "Ada Lind", channels: ["ada-pager"] }],
      layers: [{ name: "weekly", people: ["Ada Lind"], rotation: "weekly", startsOn: "2026-11-30" }],
    },
  });
  await api.call("PUT", "/api/v1/deployment-hooks/github", {
    body: {
      provider: "github",
      secret: { env: "TIDEMARK_SECRET_HOOK" },
      mappings: [{ match: ".*", component: "exporter" }],
    },
  });
  await api.call("PUT", "/api/v1/sources/google", {
    body: {
      cloudMonitoring: { project: "my-project", jobs: [{ match: "etl", eventType: "EndSong", datacenter: "ams" }] },
    },
  });
  const { rows } = await test.database.sql.query(
    `INSERT INTO rejected_message (source, received_at, reason, faults, payload, payload_bytes)
     VALUES ('pubsub', now(), 'x', '[]', 'oops', 4) RETURNING id::text`,
  );
  rejectedId = rows[0]?.id;
  for (const scope of scopes) {
    const made = await api.call("POST", "/api/v1/tokens", { body: { name: `holds ${scope}`, scopes: [scope] } });
    tokens.set(scope, ((await made.json()) as { token: string }).token);
  }
});
afterAll(async () => {
  await api.close();
  await test.drop();
});

/** Every call of the document, with the body that its own example is. */
function calls() {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const filled = path
        .replace("/event-types/{name}", "/event-types/EndSong")
        .replace("/datacenters/{name}", "/datacenters/ams")
        .replace("/tiers/{name}", "/tiers/high")
        .replace("/rules/{name}", "/rules/datacenter-silent")
        .replace("/sources/{name}", "/sources/google")
        .replace("/on-call-schedules/{name}", "/on-call-schedules/data-platform")
        .replace("/deployment-hooks/{name}", "/deployment-hooks/github")
        .replace("{hour}", "2026-11-22T13")
        .replace("{consumer}", "royalties-daily")
        .replace("{messageId}", "none")
        .replace("/rejected-messages/{id}", `/rejected-messages/${rejectedId}`)
        .replace("{id}", "none");
      const scope = operation.security?.find((way) => way.bearer)?.bearer?.[0] as Scope | undefined;
      const scopesOfCall = operation.security?.flatMap((way) => way.bearer ?? []) ?? [];
      const opensToVisitors = operation.security?.some((way) => Object.keys(way).length === 0) ?? false;
      const [contentType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      const schema = content?.schema?.$ref?.split("/").at(-1);
      const example =
        content?.example ?? content?.schema?.example ?? (schema && document.components.schemas[schema]?.example);
      const body = example === undefined ? undefined : typeof example === "string" ? example : JSON.stringify(example);
      const options = {
        ...(body === undefined ? {} : { body }),
        headers: contentType ? { "content-type": contentType } : {},
      };
      return {
        title: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path: filled,
        scope,
        scopesOfCall,
        opensToVisitors,
        options,
      };
    }),
  );
}

describe("what each scope may do", () => {
  it("every call but signing in and out, and what other services sign, names a scope", () => {
    const open = calls().filter((call) => call.scope === undefined);
    expect(open.map((call) => call.title).sort()).toEqual([
      "DELETE /api/v1/session",
      "GET /api/v1/session",
      "POST /api/v1/channels/{name}/events",
      "POST /api/v1/hooks/{name}",
      "POST /api/v1/integrations/slack/interactions",
      "POST /api/v1/session",
      "POST /api/v1/session/link",
      "POST /api/v1/session/link/check",
    ]);
    expect(calls().length).toBeGreaterThan(20);
  });

  it("requests without a token are refused with 401; but badges and feeds are for every visitor of an open dashboard", async () => {
    const closed = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z"), dashboard: "private" });
    for (const { title, method, path, scope, opensToVisitors, options } of calls()) {
      if (!scope) continue;
      if (opensToVisitors) {
        const statuses = [
          await api.call(method, path, { token: null }),
          await closed.call(method, path, { token: null }),
        ];
        expect([title, ...statuses.map(({ status }) => status)]).toEqual([title, 200, 401]);
        continue;
      }
      const answer = await api.call(method, path, { ...options, token: null });
      expect([title, answer.status]).toEqual([title, 401]);
    }
  });

  it("a token of another scope may not, with 403; one of the scopes and an administrator's pass", async () => {
    for (const { title, method, path, scope, scopesOfCall, options } of calls()) {
      if (!scope) continue;
      for (const [held, token] of tokens) {
        const { status } = await api.call(method, path, { ...options, token });
        const passes = scopesOfCall.includes(held) || held === "admin";
        expect([title, held, passes ? status !== 401 && status !== 403 : status]).toEqual([title, held, passes || 403]);
      }
    }
  });
});

describe("what each role may do", () => {
  it.each(roles)("%s: what its scopes may, and none sends events", async (role) => {
    // In the teams that own what the calls name: other teams' objects are in owner-matrix.int.test.ts.
    const person = await signInPerson(api, { name: `is ${role}`, role, teams: ["x", "payments"] });
    for (const { title, method, path, scope, scopesOfCall, options } of calls()) {
      if (!scope) continue;
      const { status } = await person.call(method, path, options.body, options.headers);
      const held: readonly string[] = scopesOfRole[role];
      const passes = scopesOfCall.some((each) => held.includes(each)) || (role === "admin" && scope !== "ingest");
      expect([title, passes ? status !== 401 && status !== 403 : status]).toEqual([title, passes || 403]);
    }
  });
});

describe("a private dashboard", () => {
  const cookieOf = (value: string) => ({ cookie: `tidemark_session=${value}` });

  it("a visitor's session opens an open one and not a private one; an administrator's opens both", async () => {
    const closed = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z"), dashboard: "private" });
    const visitor = cookieOf(await api.access.startVisit());
    const place = { from: { door: "browser", address: null, requestId: null }, userAgent: null } as const;
    const admin = cookieOf((await api.access.startSession({ kind: "admin", sessionId: null }, place)).cookie);
    const status = async (to: TestApi, headers: Record<string, string>) =>
      (await to.call("GET", "/api/v1/event-types", { token: null, headers })).status;
    expect([await status(api, visitor), await status(closed, visitor)]).toEqual([200, 401]);
    expect([await status(api, admin), await status(closed, admin)]).toEqual([200, 200]);
  });

  it("a visit past half of its time is renewed by its use, a fresh one is not", async () => {
    const worn = cookieOf(signVisit(await api.access.browserKey(), Date.now() - 7 * 3_600_000));
    const renewed = await api.call("GET", "/api/v1/event-types", { token: null, headers: worn });
    expect(renewed.headers.get("set-cookie")).toMatch(/^tidemark_session=visitor\.\d+\..+HttpOnly/);
    const fresh = await api.call("GET", "/api/v1/event-types", {
      token: null,
      headers: cookieOf(await api.access.startVisit()),
    });
    expect(fresh.headers.get("set-cookie")).toBeNull();
  });
});
