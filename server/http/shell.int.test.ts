import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { ManualClock } from "#test/worker-context.ts";

// Each test makes the tokens that it asks with, and has a clock of its own.
let test: TestDatabase;
let api: TestApi;
let clock: ManualClock;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(() => {
  clock = new ManualClock("2026-11-22T13:00:00Z");
  api = openTestApi(test.database, { now: () => clock.now() });
});
afterEach(() => api.close());

async function makeToken(scopes: string[], more: object = {}): Promise<{ id: string; token: string }> {
  const answer = await api.call("POST", "/api/v1/tokens", {
    body: { name: `holds ${scopes.join("+")}`, scopes, ...more },
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; token: string };
}

describe("who may ask", () => {
  it("no token → 401 with a challenge and a sentence", async () => {
    const answer = await api.call("GET", "/api/v1/tokens", { token: null });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="tidemark"');
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ status: 401, title: "Not signed in" });
  });

  it("an unknown token → 401 invalid_token", async () => {
    const answer = await api.call("GET", "/api/v1/tokens", { token: `tm_${"x".repeat(43)}` });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("another scheme → 401", async () => {
    const headers = { authorization: "Basic dXNlcjpwYXNz" };
    expect((await api.call("GET", "/api/v1/tokens", { token: null, headers })).status).toBe(401);
  });

  it.each(["ingest", "read", "respond", "write"])(
    "a token with %s alone may not list tokens → 403 that names the scope",
    async (scope) => {
      const { token } = await makeToken([scope]);
      const answer = await api.call("GET", "/api/v1/tokens", { token });
      expect(answer.status).toBe(403);
      expect(answer.headers.get("www-authenticate")).toContain('scope="admin"');
    },
  );

  it("a token with admin may", async () => {
    const { token } = await makeToken(["admin"]);
    expect((await api.call("GET", "/api/v1/tokens", { token })).status).toBe(200);
  });

  it("an expired token → 401", async () => {
    const { token } = await makeToken(["admin"], { expiresAt: "2026-11-22T14:00:00Z" });
    expect((await api.call("GET", "/api/v1/tokens", { token })).status).toBe(200);
    clock.set("2026-11-22T14:00:00Z");
    expect((await api.call("GET", "/api/v1/tokens", { token })).status).toBe(401);
  });

  it("a token that would never work, or has no proper name, is not made", async () => {
    const past = { name: "x", scopes: ["read"], expiresAt: "2026-11-22T12:00:00Z" };
    const answer = await api.call("POST", "/api/v1/tokens", { body: past });
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ pointer: "/expiresAt" }] }]);
    for (const name of ["a\u0000b", "a\ud800"]) {
      expect((await api.call("POST", "/api/v1/tokens", { body: { name, scopes: ["read"] } })).status).toBe(400);
    }
  });

  it("a revoked token → 401 at once, and stays listed", async () => {
    const { id, token } = await makeToken(["admin"]);
    expect((await api.call("GET", "/api/v1/tokens", { token })).status).toBe(200);
    expect((await api.call("DELETE", `/api/v1/tokens/${id}`)).status).toBe(204);
    expect((await api.call("GET", "/api/v1/tokens", { token })).status).toBe(401);
    const { items } = (await (await api.call("GET", "/api/v1/tokens?limit=500")).json()) as {
      items: { id: string; revokedAt: string }[];
    };
    expect(items.find((item) => item.id === id)?.revokedAt).toBe("2026-11-22T13:00:00.000Z");
  });

  it("a rotated token has a new secret; the one before works for the overlap, an older one not at all", async () => {
    const { id, token: first } = await makeToken(["admin"]);
    const rotate = async (body: object) => {
      const answer = await api.call("POST", `/api/v1/tokens/${id}/rotate`, { body });
      return (await answer.json()) as { token: string; previousUntil: string | null };
    };
    const works = async (token: string) => (await api.call("GET", "/api/v1/tokens", { token })).status;
    const { token: second, previousUntil } = await rotate({ overlap: "2h" });
    expect(previousUntil).toBe("2026-11-22T15:00:00.000Z");
    expect([await works(first), await works(second)]).toEqual([200, 200]);
    clock.set("2026-11-22T15:00:00Z");
    expect([await works(first), await works(second)]).toEqual([401, 200]);
    clock.set("2026-11-22T13:00:00Z");
    const { token: third } = await rotate({});
    expect(await Promise.all([first, second, third].map(works))).toEqual([401, 200, 200]);
    const signedIn = await api.call("POST", "/api/v1/session", { token: null, body: { token: third } });
    const headers = { cookie: signedIn.headers.get("set-cookie")?.split(";")[0] ?? "" };
    const session = async () => (await api.call("GET", "/api/v1/session", { token: null, headers })).status;
    expect([signedIn.status, await session()]).toEqual([200, 200]);
    const { token: fourth, previousUntil: none } = await rotate({ overlap: "0s" });
    expect([none, ...(await Promise.all([third, fourth].map(works)))]).toEqual([null, 401, 200]);
    expect(await session()).toBe(401);
    expect((await api.call("DELETE", `/api/v1/tokens/${id}`)).status).toBe(204);
    expect((await api.call("POST", `/api/v1/tokens/${id}/rotate`, { body: {} })).status).toBe(409);
    expect((await api.call("POST", "/api/v1/tokens/none/rotate", { body: {} })).status).toBe(404);
    for (const overlap of ["31d", "soon", "-1h"]) {
      const refused = await api.call("POST", `/api/v1/tokens/${id}/rotate`, { body: { overlap } });
      expect([refused.status, await refused.json()]).toMatchObject([400, { errors: [{ pointer: "/overlap" }] }]);
    }
  });

  it("a token says who answers for it, and who revoked it", async () => {
    const body = { name: "exporter", scopes: ["ingest"], owner: "payments" };
    const made = (await (await api.call("POST", "/api/v1/tokens", { body })).json()) as { id: string };
    expect(made).toMatchObject({ owner: "payments", createdBy: "admin", revokedBy: null });
    const { id, token } = await makeToken(["admin"]);
    await api.call("DELETE", `/api/v1/tokens/${made.id}`, { token });
    await api.call("DELETE", `/api/v1/tokens/${made.id}`);
    const { items } = (await (await api.call("GET", "/api/v1/tokens?limit=500")).json()) as {
      items: { id: string; name: string; owner: string; revokedBy: string | null }[];
    };
    const revoker = items.find((each) => each.id === id);
    expect(items.find((each) => each.id === made.id)).toMatchObject({ revokedBy: revoker?.name, owner: "payments" });
    expect(revoker).toMatchObject({ owner: "admin" });
  });

  it("the secret is nowhere in the list nor in the database", async () => {
    const { token } = await makeToken(["read"]);
    expect(await (await api.call("GET", "/api/v1/tokens?limit=500")).text()).not.toContain(token);
    const { rows } = await test.database.sql.query("SELECT t::text AS row FROM api_token t");
    expect(rows.some((row) => row.row.includes(token))).toBe(false);
  });

  it("a token's use is noted once a minute, and its requests cost no statement", async () => {
    const { id, token } = await makeToken(["read"]);
    await api.call("GET", "/api/v1/tokens", { token });
    const usedAt = async () => {
      const { rows } = await test.database.sql.query("SELECT last_used_at FROM api_token WHERE id = $1", [id]);
      return rows[0]?.last_used_at as Date | null;
    };
    await until("its use is noted", async () => (await usedAt()) !== null);
    expect(await usedAt()).toEqual(clock.now());
    // The row is gone, the token still known for some seconds: it came from memory.
    await test.database.sql.query("DELETE FROM api_token WHERE id = $1", [id]);
    expect((await api.call("GET", "/api/v1/tokens", { token })).status).toBe(403);
  });
});

describe("dashboard sessions", () => {
  const signIn = async (to: TestApi, token: string) =>
    to.call("POST", "/api/v1/session", { token: null, body: { token } });
  const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";

  it("a token signs in: the cookie is HttpOnly and reads", async () => {
    const { token } = await makeToken(["read"]);
    const answer = await signIn(api, token);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toMatch(/HttpOnly/);
    expect(answer.headers.get("set-cookie")).toMatch(/SameSite=Lax/);
    const headers = { cookie: cookieOf(answer) };
    // 403, not 401: the session is known and holds `read` alone.
    expect((await api.call("GET", "/api/v1/tokens", { token: null, headers })).status).toBe(403);
    const body = { name: "x", scopes: ["read"] };
    expect((await api.call("POST", "/api/v1/tokens", { token: null, headers, body })).status).toBe(401);
  });

  it("an administrator's session reads, responds and writes; it makes no tokens and sends no events", async () => {
    const headers = { cookie: cookieOf(await signIn(api, (await makeToken(["admin"])).token)) };
    expect(await (await api.call("GET", "/api/v1/session", { token: null, headers })).json()).toMatchObject({
      scopes: ["read", "respond", "write"],
    });
    expect((await api.call("GET", "/api/v1/tokens", { token: null, headers })).status).toBe(403);
    const own = { ...headers, "sec-fetch-site": "same-origin", "content-type": "application/cloudevents-batch+json" };
    expect((await api.call("POST", "/api/v1/events", { token: null, headers: own, body: "[]" })).status).toBe(403);
  });

  it("a session acts from our own pages alone, and only as its token may", async () => {
    const act = async (scopes: string[], site: string | null) => {
      const cookie = cookieOf(await signIn(api, (await makeToken(scopes)).token));
      const headers = { cookie, ...(site === null ? {} : { "sec-fetch-site": site }) };
      return (await api.call("POST", "/api/v1/incidents/1/acknowledge", { token: null, headers, body: {} })).status;
    };
    expect(await act(["read", "respond"], "same-origin")).toBe(404);
    expect(await act(["read"], "same-origin")).toBe(403);
    for (const site of ["cross-site", "same-site", "none", null]) {
      expect([site, await act(["read", "respond"], site)]).toEqual([site, 401]);
    }
  });

  it("a visitor of an open dashboard is named as one", async () => {
    const cookie = `tidemark_session=${await api.access.startVisit()}`;
    const answer = await api.call("GET", "/api/v1/session", { token: null, headers: { cookie } });
    expect(await answer.json()).toEqual({ actor: "dashboard", scopes: ["read"], teams: null, person: null });
    expect((await api.call("GET", "/api/v1/session", { token: null })).status).toBe(401);
  });

  it("a token that may not read cannot sign in, nor can an unknown one", async () => {
    expect((await signIn(api, (await makeToken(["ingest"])).token)).status).toBe(403);
    expect((await signIn(api, "tm_wrong")).status).toBe(401);
  });

  it("revoking the token ends its sessions", async () => {
    const { id, token } = await makeToken(["read"]);
    const headers = { cookie: cookieOf(await signIn(api, token)) };
    await api.call("DELETE", `/api/v1/tokens/${id}`);
    expect((await api.call("GET", "/api/v1/tokens", { token: null, headers })).status).toBe(401);
  });

  it("a changed cookie is rejected", async () => {
    const cookie = cookieOf(await signIn(api, (await makeToken(["read"])).token));
    const headers = { cookie: cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A")) };
    expect((await api.call("GET", "/api/v1/tokens", { token: null, headers })).status).toBe(401);
  });

  it("signing out takes the cookie back", async () => {
    const answer = await api.call("DELETE", "/api/v1/session", { token: null });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("set-cookie")).toMatch(/Max-Age=0/);
  });
});

describe("lists, caching and problems", () => {
  it("pages through a list without repeating or missing an item", async () => {
    for (let index = 0; index < 5; index += 1) await makeToken(["read"]);
    const all = (await (await api.call("GET", "/api/v1/tokens?limit=500")).json()) as {
      items: { id: string }[];
      nextCursor: null;
    };
    expect(all.nextCursor).toBeNull();
    const paged: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = (await (await api.call("GET", `/api/v1/tokens?limit=2${more}`)).json()) as {
        items: { id: string }[];
        nextCursor: string | null;
      };
      paged.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all.items.map((item) => item.id));
  });

  it.each(["nonsense", Buffer.from('{"id":1}').toString("base64url"), "%00"])(
    "a broken cursor (%s) → 400 that names it",
    async (cursor) => {
      const answer = await api.call("GET", `/api/v1/tokens?cursor=${cursor}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ parameter: "cursor" }] });
    },
  );

  it.each(["0", "501", "1.5", "many"])("limit=%s → 400", async (limit) => {
    const answer = await api.call("GET", `/api/v1/tokens?limit=${limit}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: [{ parameter: "limit", detail: "`limit` must be a whole number from 1 to 500." }],
    });
  });

  it("a body's faults are each listed by JSON pointer", async () => {
    const answer = await api.call("POST", "/api/v1/tokens", { body: { name: "", scopes: ["read", "fly"], more: 1 } });
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer).sort()).toEqual(["/more", "/name", "/scopes/1"]);
  });

  it("a body that is no JSON → 400, of another type → 415", async () => {
    const headers = { "content-type": "application/json" };
    expect((await api.call("POST", "/api/v1/tokens", { body: "{", headers })).status).toBe(400);
    expect(
      (await api.call("POST", "/api/v1/tokens", { body: "a: b", headers: { "content-type": "application/yaml" } }))
        .status,
    ).toBe(415);
  });

  it("a body over 16 MiB → 413", async () => {
    const answer = await api.call("POST", "/api/v1/tokens", {
      body: { name: "x".repeat(17 * 1024 * 1024), scopes: ["read"] },
    });
    expect(answer.status).toBe(413);
  });

  it("an unchanged answer is 304, a changed one is not", async () => {
    const first = await api.call("GET", "/api/openapi.json");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]+"$/);
    const again = await api.call("GET", "/api/openapi.json", { headers: { "if-none-match": etag } });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    expect((await api.call("GET", "/api/openapi.json", { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  it("an unknown path → 404 problem, also without an answer's id repeated from a hostile header", async () => {
    const answer = await api.call("GET", "/api/v1/nothing", { headers: { "x-request-id": "a b<script>" } });
    expect(answer.status).toBe(404);
    const { requestId } = (await answer.json()) as { requestId: string };
    expect(requestId).toMatch(/^[\w-]+$/);
    expect(answer.headers.get("x-request-id")).toBe(requestId);
  });

  it("an unexpected failure → 500 with an id that is logged, and nothing of the inside", async () => {
    await test.database.sql.query("ALTER TABLE api_token RENAME TO api_token_away");
    const answer = await api.call("GET", "/api/v1/tokens");
    await test.database.sql.query("ALTER TABLE api_token_away RENAME TO api_token");
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toContain("api_token");
    expect(api.errors.at(-1)).toMatchObject({ requestId: JSON.parse(text).requestId });
  });
});
