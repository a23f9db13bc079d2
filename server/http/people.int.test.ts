import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOwnerLink } from "#server/access/redeem-link.ts";
import { readSecretKey } from "#server/access/secret-key.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let db: TestDatabase;
let api: TestApi;
/** Another web process on the same database. */
let other: TestApi;

beforeAll(async () => {
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => new Date("2026-11-22T13:00:00Z"), dashboard: "private" });
  other = openTestApi(db.database, { now: () => new Date("2026-11-22T13:00:00Z"), dashboard: "private" });
});
afterAll(async () => {
  await Promise.all([api.close(), other.close()]);
  await db.drop();
});

interface Invited {
  id: string;
  name: string;
  link: { url: string };
}

async function invite(name: string, role = "viewer"): Promise<Invited> {
  const answer = await api.call("POST", "/api/v1/people", { body: { name, role } });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Invited;
}

const codeOf = ({ link }: Invited) => new URL(link.url).hash.slice(1);
const open = (path: string, body: object, headers = {}) => api.call("POST", path, { token: null, body, headers });
const redeem = (code: string, more: object = {}) => open("/api/v1/session/link", { code, ...more });
const check = (code: string) => open("/api/v1/session/link/check", { code });
const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";

async function detail(answer: Response): Promise<[number, string]> {
  return [answer.status, ((await answer.json()) as { detail: string }).detail];
}

/** Invites and signs in; returns the cookie. */
async function signIn(name: string, role = "viewer", headers = {}): Promise<{ id: string; cookie: string }> {
  const invited = await invite(name, role);
  const answer = await open("/api/v1/session/link", { code: codeOf(invited) }, headers);
  expect(answer.status).toBe(200);
  return { id: invited.id, cookie: cookieOf(answer) };
}

function as(cookie: string, method: string, path: string, body?: object, to = api): Promise<Response> {
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  return to.call(method, `/api/v1${path}`, { token: null, headers, ...(body ? { body } : {}) });
}

describe("a one-time link", () => {
  test("names its person without being used up, and signs in once", async () => {
    const invited = await invite("Ada Lind", "responder");
    expect(new URL(invited.link.url).pathname).toBe("/sign-in/link");
    for (let times = 0; times < 3; times += 1) {
      expect(await (await check(codeOf(invited))).json()).toEqual({ name: "Ada Lind" });
    }
    const answer = await redeem(codeOf(invited));
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { actor: "Ada Lind", scopes: ["read", "respond"], person: { role: "responder", issuer: null } },
    ]);
    expect(answer.headers.get("set-cookie")).toMatch(
      /^tidemark_session=[\w-]{43}; Max-Age=604\d{3}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const used = [409, "This link was already used. Ask an administrator of Tidemark for a new one."];
    expect(await detail(await redeem(codeOf(invited)))).toEqual(used);
    expect(await detail(await check(codeOf(invited)))).toEqual(used);
  });

  test("of ten requests at once, one signs in", async () => {
    const code = codeOf(await invite("Raced"));
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
  });

  test("expires after 24 hours", async () => {
    const code = codeOf(await invite("Late"));
    const { rows } = await db.database.sql.query(
      "SELECT extract(epoch FROM expires_at - created_at)::int AS s FROM sign_in_link ORDER BY created_at DESC LIMIT 1",
    );
    expect(rows).toEqual([{ s: 86_400 }]);
    await db.database.sql.query("UPDATE sign_in_link SET expires_at = now() WHERE used_at IS NULL");
    expect(await detail(await redeem(code))).toEqual([
      409,
      "This link has expired: links last 24 hours. Ask an administrator of Tidemark for a new one.",
    ]);
  });

  test("is replaced by a newer one", async () => {
    const invited = await invite("Twice");
    const answer = await api.call("POST", `/api/v1/people/${invited.id}/link`);
    const newer = (await answer.json()) as Invited;
    expect(answer.status).toBe(201);
    expect((await redeem(codeOf(invited))).status).toBe(409);
    expect((await redeem(codeOf(newer))).status).toBe(200);
  });

  test("is stored as a hash only, and unknown codes are refused", async () => {
    const code = codeOf(await invite("Hashed"));
    const { rows } = await db.database.sql.query("SELECT l::text AS row FROM sign_in_link l");
    expect(rows.some(({ row }) => row.includes(code))).toBe(false);
    for (const wrong of ["x", "x".repeat(43), `${code}x`]) expect((await redeem(wrong)).status).toBe(409);
    expect((await redeem("x".repeat(300))).status).toBe(400);
  });
});

const withoutAdministrators = () => db.database.sql.query("UPDATE person SET role = 'viewer' WHERE role = 'admin'");

describe("the first owner's link", () => {
  test("asks for a name, keeps working until one is taken, and is for one administrator", async () => {
    await withoutAdministrators();
    await invite("Liv Lind");
    const [earlier, link] = [await createOwnerLink(db.database), await createOwnerLink(db.database)];
    // Each start replaces the link of the one before.
    expect((await check(earlier?.code ?? "")).status).toBe(409);
    const code = link?.code ?? "";
    expect(await (await check(code)).json()).toEqual({ name: null });
    expect((await redeem(code)).status).toBe(400);
    expect((await redeem(code, { name: "tidemark" })).status).toBe(400);
    expect((await redeem(code, { name: "liv lind" })).status).toBe(400);
    const answer = await redeem(code, { name: "Olga Owner" });
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { person: { name: "Olga Owner", role: "admin" } },
    ]);
    expect(await createOwnerLink(db.database)).toBeNull();
  });

  test("does not work once there is an administrator", async () => {
    await withoutAdministrators();
    const link = await createOwnerLink(db.database);
    await invite("Another Owner", "admin");
    expect(await detail(await redeem(link?.code ?? "", { name: "Intruder" }))).toEqual([
      409,
      "Tidemark has an administrator already. Ask them for a link of your own.",
    ]);
  });
});

describe("names", () => {
  test.each(["admin", "ＡＤＭＩＮ", "Tidemark", "worker:ingest", "system", "\u200b"])(
    "no one is called %j",
    async (name) => {
      const person = await api.call("POST", "/api/v1/people", { body: { name, role: "viewer" } });
      const token = await api.call("POST", "/api/v1/tokens", { body: { name, scopes: ["read"] } });
      expect([person.status, token.status]).toEqual([400, 400]);
    },
  );

  test("people and tokens never look alike, whoever comes first, also at once", async () => {
    await invite("Nora");
    expect((await api.call("POST", "/api/v1/people", { body: { name: "ＮＯＲＡ", role: "viewer" } })).status).toBe(400);
    const token = await api.call("POST", "/api/v1/tokens", { body: { name: "nora", scopes: ["read"] } });
    expect(await detail(token)).toEqual([400, '"Nora" is a person\'s name. Choose another one for the token.']);
    expect((await api.call("POST", "/api/v1/tokens", { body: { name: "exporter", scopes: ["read"] } })).status).toBe(
      201,
    );
    expect((await api.call("POST", "/api/v1/people", { body: { name: "Exporter", role: "viewer" } })).status).toBe(400);
    const racing = await Promise.all([
      ...Array.from({ length: 4 }, () =>
        api.call("POST", "/api/v1/people", { body: { name: "Racer", role: "viewer" } }),
      ),
      ...Array.from({ length: 4 }, () =>
        other.call("POST", "/api/v1/tokens", { body: { name: "racer", scopes: ["read"] } }),
      ),
    ]);
    const kinds = new Set(racing.flatMap(({ status }, at) => (status === 201 ? [at < 4 ? "person" : "token"] : [])));
    expect(kinds.size).toBe(1);
  });
});

describe("roles", () => {
  test.each([
    ["viewer", ["read"], 403, 403],
    ["responder", ["read", "respond"], 404, 403],
    ["editor", ["read", "respond", "write"], 404, 403],
    ["admin", ["read", "respond", "write", "admin"], 404, 200],
  ])("a %s holds %j", async (role, scopes, acknowledges, listsPeople) => {
    const { cookie } = await signIn(`Role ${role}`, role);
    expect(await (await as(cookie, "GET", "/session")).json()).toMatchObject({ scopes });
    expect((await as(cookie, "POST", "/incidents/1/acknowledge", {})).status).toBe(acknowledges);
    expect((await as(cookie, "GET", "/people")).status).toBe(listsPeople);
    expect((await as(cookie, "GET", "/tokens")).status).toBe(listsPeople);
    const [status, said] = await detail(await as(cookie, "POST", "/deployments", { component: "x", version: "1" }));
    expect([status, said]).toEqual([403, expect.stringContaining("people cannot do it")]);
  });

  test("a change of role counts at once, and only a local person's is changed here", async () => {
    const { id, cookie } = await signIn("Changing", "viewer");
    expect((await as(cookie, "POST", "/incidents/1/acknowledge", {})).status).toBe(403);
    expect((await api.call("PATCH", `/api/v1/people/${id}`, { body: { role: "responder" } })).status).toBe(200);
    expect((await as(cookie, "POST", "/incidents/1/acknowledge", {})).status).toBe(404);
    await db.database.sql.query("UPDATE person SET issuer = 'https://id.example.com', subject = 'c' WHERE id = $1", [
      id,
    ]);
    const [status, said] = await detail(await api.call("PATCH", `/api/v1/people/${id}`, { body: { role: "admin" } }));
    expect([status, said]).toEqual([409, expect.stringContaining("whose groups decide the role")]);
  });

  test("a disabled person is signed out and stays out until enabled; no one disables themselves", async () => {
    const { id, cookie } = await signIn("Leaver", "admin");
    expect((await as(cookie, "PATCH", `/people/${id}`, { disabled: true })).status).toBe(409);
    const disabled = await api.call("PATCH", `/api/v1/people/${id}`, { body: { disabled: true } });
    expect(await disabled.json()).toMatchObject({ disabledBy: "admin", sessions: 0 });
    expect((await as(cookie, "GET", "/session")).status).toBe(401);
    expect((await api.call("POST", `/api/v1/people/${id}/link`)).status).toBe(409);
    await api.call("PATCH", `/api/v1/people/${id}`, { body: { disabled: false } });
    expect((await as(cookie, "GET", "/session")).status).toBe(401);
    expect((await api.call("POST", `/api/v1/people/${id}/link`)).status).toBe(201);
  });
});

describe("sessions", () => {
  interface Item {
    id: string;
    actor: string;
    current: boolean;
    userAgent: string;
  }
  const list = async (cookie: string, query = "") =>
    ((await (await as(cookie, "GET", `/sessions${query}`)).json()) as { items: Item[] }).items;

  test("people see and end their own, and no one else's", async () => {
    const mine = await signIn("Mine", "viewer", { "user-agent": "Test Browser 1" });
    const theirs = await signIn("Theirs");
    expect(await list(mine.cookie)).toMatchObject([{ actor: "Mine", current: true, userAgent: "Test Browser 1" }]);
    const [session] = await list(theirs.cookie);
    expect((await as(mine.cookie, "DELETE", `/sessions/${session?.id}`)).status).toBe(404);
    expect((await as(mine.cookie, "GET", `/sessions?person=${theirs.id}`)).status).toBe(403);
    expect((await as(theirs.cookie, "DELETE", `/sessions/${session?.id}`)).status).toBe(204);
    expect((await as(theirs.cookie, "GET", "/session")).status).toBe(401);
  });

  test("an administrator sees and ends everyone's", async () => {
    const target = await signIn("Target");
    const boss = await signIn("Boss", "admin");
    expect((await list(boss.cookie)).map(({ actor }) => actor)).toContain("Target");
    expect(await list(boss.cookie, `?person=${target.id}`)).toMatchObject([{ actor: "Target", current: false }]);
    const ended = await as(boss.cookie, "DELETE", `/sessions?person=${target.id}`);
    expect(await ended.json()).toEqual({ ended: 1 });
    expect((await as(target.cookie, "GET", "/session")).status).toBe(401);
  });

  test("all others end together, and the one that asks stays", async () => {
    const { id, cookie } = await signIn("Several");
    const more: string[] = [];
    for (let times = 0; times < 3; times += 1) {
      const link = (await (await api.call("POST", `/api/v1/people/${id}/link`)).json()) as Invited;
      more.push(cookieOf(await redeem(codeOf(link))));
    }
    expect(await list(cookie)).toHaveLength(4);
    expect(await (await as(cookie, "DELETE", "/sessions")).json()).toEqual({ ended: 3 });
    for (const each of more) expect((await as(each, "GET", "/session")).status).toBe(401);
    expect(await list(cookie)).toHaveLength(1);
  });

  test("one that was ended here is known elsewhere until its cached row is re-read, not longer", async () => {
    const { cookie } = await signIn("Roaming");
    expect((await as(cookie, "GET", "/session", undefined, other)).status).toBe(200);
    await as(cookie, "DELETE", "/session");
    expect((await as(cookie, "GET", "/session")).status).toBe(401);
    other.access.forget();
    expect((await as(cookie, "GET", "/session", undefined, other)).status).toBe(401);
  });

  test("use moves the expiry at most once a minute, never past 7 days, and without use it ends after 12 hours", async () => {
    const { id, cookie } = await signIn("Sliding");
    const read = async () =>
      (
        await db.database.sql.query(
          `SELECT extract(epoch FROM expires_at - last_seen_at)::int AS idle, last_seen_at < now() - interval '1 minute' AS old,
                  extract(epoch FROM ends_at - created_at)::int AS longest, expires_at = ends_at AS last
             FROM session WHERE person_id = $1`,
          [id],
        )
      ).rows[0];
    const move = async (change: string) => {
      await db.database.sql.query(`UPDATE session SET ${change} WHERE person_id = $1`, [id]);
      api.access.forget();
    };
    expect(await read()).toMatchObject({ idle: 43_200, longest: 604_800 });
    await move("last_seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 hour'");
    expect((await as(cookie, "GET", "/session")).status).toBe(200);
    await expect.poll(read).toMatchObject({ idle: 43_200, old: false });
    await move("expires_at = now() - interval '1 second'");
    expect((await as(cookie, "GET", "/session")).status).toBe(401);
  });

  test("a token's session ends with the token, and never administers", async () => {
    const made = await api.call("POST", "/api/v1/tokens", { body: { name: "pager", scopes: ["admin"] } });
    const { id, token } = (await made.json()) as { id: string; token: string };
    const cookie = cookieOf(await open("/api/v1/session", { token }));
    expect(await (await as(cookie, "GET", "/session")).json()).toMatchObject({ scopes: ["read", "respond", "write"] });
    expect((await as(cookie, "GET", "/people")).status).toBe(403);
    expect(await list(cookie)).toMatchObject([{ actor: "pager", current: true }]);
    await api.call("DELETE", `/api/v1/tokens/${id}`);
    expect((await as(cookie, "GET", "/session")).status).toBe(401);
  });

  test("the admin token's sessions end when it changes, and nothing of it is stored", async () => {
    const cookie = cookieOf(await open("/api/v1/session", { token: "test-admin-token-of-32-characters-or-more" }));
    expect((await as(cookie, "GET", "/session", undefined, other)).status).toBe(200);
    await db.database.sql.query("UPDATE session SET admin_key = decode(repeat('00', 32), 'hex') WHERE kind = 'admin'");
    api.access.forget();
    expect((await as(cookie, "GET", "/session")).status).toBe(401);
  });
});

describe("cookies", () => {
  test("with an https address they are the host's own and secure; what a request says of its scheme is not believed", async () => {
    const tls = openTestApi(db.database, {
      now: () => new Date(),
      dashboard: "private",
      publicUrl: "https://tidemark.example",
    });
    const token = "test-admin-token-of-32-characters-or-more";
    const over = await tls.call("POST", "/api/v1/session", { token: null, body: { token } });
    expect(over.headers.get("set-cookie")).toMatch(
      /^__Host-tidemark_session=[\w-]{43};.*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const headers = { cookie: cookieOf(over) };
    expect((await tls.call("GET", "/api/v1/session", { token: null, headers })).status).toBe(200);
    const plain = await open("/api/v1/session", { token }, { "x-forwarded-proto": "https" });
    expect(plain.headers.get("set-cookie")).not.toMatch(/Secure/);
    await tls.close();
  });

  test("a visitor's is signed with a random key that all processes share, not with the admin token", async () => {
    const fresh = await createTestDatabase();
    const keys = await Promise.all(Array.from({ length: 8 }, () => readSecretKey(fresh.database, "browser")));
    expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    expect(await readSecretKey(fresh.database, "admin")).not.toEqual(keys[0]);
    await fresh.drop();
    const visit = await api.access.startVisit();
    const opened = openTestApi(db.database, { now: () => new Date(), dashboard: "open" });
    const headers = { cookie: `tidemark_session=${visit}` };
    expect((await opened.call("GET", "/api/v1/session", { token: null, headers })).status).toBe(200);
    // A private dashboard has no visitors, whatever was signed before.
    expect((await api.call("GET", "/api/v1/session", { token: null, headers })).status).toBe(401);
    await opened.close();
  });
});
