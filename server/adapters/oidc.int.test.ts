import { createHash } from "node:crypto";
import { decodeProtectedHeader, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readRoleRules } from "#domain/access/group-rules.ts";
import { type CookieBrowser, openCookieBrowser } from "#test/cookie-browser.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { startOidcProvider, type TestProvider } from "#test/oidc-provider.ts";
import { freePort } from "#test/product/start-product.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { openOidc } from "./oidc.ts";

const accounts = {
  ada: { name: "Ada Lind", preferred_username: "ada", email: "ada@example.com", groups: ["sre-leads", "payments"] },
  ben: { name: "ＡＤＡ lind", email: "ben@example.com", groups: ["on-call"] },
  cleo: { preferred_username: "cleo", email: "cleo@example.com", groups: ["data-eng", "on-call"] },
  dan: { name: "Dan", email: "dan@example.com", groups: ["sales"] },
  eve: { name: "Admin", email: "eve@example.com", groups: ["sre-leads"] },
};

let db: TestDatabase;
let provider: TestProvider;
let api: TestApi;
let served: ServedApi;

beforeAll(async () => {
  db = await createTestDatabase();
  let handler: TestApi["fetch"] = () => new Response(null, { status: 503 });
  served = await serveApi((request) => handler(request));
  provider = await startOidcProvider({ port: await freePort(), publicUrl: served.url, accounts });
  api = openApi();
  handler = api.fetch;
});
afterAll(async () => {
  await provider.stop();
  await served.stop();
  await api.close();
  await db.drop();
});
beforeEach(async () => {
  provider.account = "ada";
  provider.tamper = null;
  await db.database.sql.query("UPDATE person SET disabled_at = NULL");
  api.access.forget();
});

function openAdapter(keysCooldownMs = 0) {
  return openOidc({
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    name: "Example ID",
    scopes: "openid profile email groups",
    groupsClaim: "groups",
    redirectUri: `${served.url}/sign-in/oidc/callback`,
    signedOutUri: `${served.url}/sign-in`,
    keysCooldownMs,
  });
}

function openApi(): TestApi {
  const roles = readRoleRules("admin=sre-leads;editor=data-eng;responder=on-call") ?? [];
  return openTestApi(db.database, {
    // A drill's clock: signing in goes by the real one.
    now: () => new Date("2001-02-01T00:00:00Z"),
    dashboard: "private",
    publicUrl: served.url,
    provider: { identity: openAdapter(), meaning: { roles, teams: null } },
  });
}

const isCallback = (url: URL) => url.pathname === "/sign-in/oidc/callback";

/** To the provider and back; the last address before Tidemark's pages, which are not served here. */
async function signIn(browser: CookieBrowser, next = "/alerts?state=open"): Promise<string> {
  const { url } = await browser.follow(
    `${served.url}/sign-in/oidc?next=${encodeURIComponent(next)}`,
    (at) => at.origin !== served.url || isCallback(at),
  );
  return `${url.pathname}${url.search}`;
}

/** As far as the provider's answer, which the test may then change. */
async function comeBack(browser: CookieBrowser): Promise<URL> {
  const { url } = await browser.follow(`${served.url}/sign-in/oidc`, (at) => !isCallback(at));
  return url;
}

async function who(browser: CookieBrowser) {
  const answer = await browser.visit(`${served.url}/api/v1/session`);
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
}

/** What the sign-in page says, from the signed cookie that it reads. */
function refusalOf(browser: CookieBrowser): string {
  const [payload = ""] = browser.cookie("tidemark_sign_in")?.split(".") ?? [];
  return (JSON.parse(Buffer.from(payload, "base64url").toString() || "{}") as { refusal?: string }).refusal ?? "";
}

describe("signing in", () => {
  test("with discovery, PKCE, state and nonce: the person has the provider's name, and what their groups give", async () => {
    const browser = openCookieBrowser();
    const started = await browser.visit(`${served.url}/sign-in/oidc`);
    const asked = new URL(started.headers.get("location") ?? "");
    expect(asked.origin).toBe(provider.issuer);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: "code",
      scope: "openid profile email groups",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: `${served.url}/sign-in/oidc/callback`,
    });
    expect(started.headers.getSetCookie()[0]).toMatch(/^tidemark_sign_in=.*Max-Age=600.*HttpOnly; SameSite=Lax$/);

    expect(await signIn(browser)).toBe("/alerts?state=open");
    expect(await who(browser)).toMatchObject({
      actor: "Ada Lind",
      scopes: ["read", "respond", "write", "admin"],
      person: { name: "Ada Lind", email: "ada@example.com", role: "admin", teams: ["payments", "sre-leads"] },
    });
    // What led here is gone from the browser.
    expect(browser.cookie("tidemark_sign_in")).toBeUndefined();
  });

  test("acts are recorded under the person's name", async () => {
    const browser = openCookieBrowser();
    await signIn(browser);
    const answer = await browser.visit(`${served.url}/api/v1/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ name: "exporter", scopes: ["ingest"] }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([201, { createdBy: "Ada Lind" }]);
  });

  test("who looks like another by name has the e-mail behind it; without a name the user name counts", async () => {
    const [ada, ben, cleo] = [openCookieBrowser(), openCookieBrowser(), openCookieBrowser()];
    await signIn(ada);
    provider.account = "ben";
    await signIn(ben);
    provider.account = "cleo";
    await signIn(cleo);
    expect(await who(ben)).toMatchObject({ actor: "ＡＤＡ lind (ben@example.com)", person: { role: "responder" } });
    expect(await who(cleo)).toMatchObject({
      actor: "cleo",
      person: { role: "editor", teams: ["data-eng", "on-call"] },
    });
    // Again: the same names, not further ones.
    provider.account = "ben";
    await signIn(ben);
    expect(await who(ben)).toMatchObject({ actor: "ＡＤＡ lind (ben@example.com)" });
  });

  test("who is in none of the groups is refused, and learns which to ask for", async () => {
    provider.account = "dan";
    const browser = openCookieBrowser();
    expect(await signIn(browser)).toBe("/sign-in");
    expect(refusalOf(browser)).toBe(
      "You are signed in at the provider, but none of your groups may use Tidemark. Ask there to be added to sre-leads (admin), data-eng (editor) or on-call (responder).",
    );
    expect((await who(browser)).status).toBe(401);
  });

  test("a name under which Tidemark acts is refused", async () => {
    provider.account = "eve";
    const browser = openCookieBrowser();
    expect(await signIn(browser)).toBe("/sign-in");
    expect(refusalOf(browser)).toContain('"Admin" is a name under which Tidemark itself');
  });

  test("a disabled person is refused", async () => {
    const browser = openCookieBrowser();
    await signIn(browser);
    await db.database.sql.query("UPDATE person SET disabled_at = now() WHERE subject = 'ada'");
    api.access.forget();
    expect((await who(browser)).status).toBe(401);
    expect(await signIn(browser)).toBe("/sign-in");
    expect(refusalOf(browser)).toBe("Ada Lind is disabled in Tidemark. Ask an administrator of Tidemark.");
  });

  test("each sign-in has a cookie of its own, ends the session before it, and stores only a hash", async () => {
    const browser = openCookieBrowser();
    browser.setCookie("tidemark_session", "A".repeat(43));
    await signIn(browser);
    const first = browser.cookie("tidemark_session") ?? "";
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(first).not.toBe("A".repeat(43));
    await signIn(browser);
    expect(browser.cookie("tidemark_session")).not.toBe(first);
    const stale = openCookieBrowser();
    stale.setCookie("tidemark_session", first);
    expect((await who(stale)).status).toBe(401);
    const { rows } = await db.database.sql.query("SELECT hash, session::text AS row FROM session");
    expect(rows.some(({ hash }) => createHash("sha256").update(first).digest().equals(hash))).toBe(true);
    expect(rows.some(({ row }) => row.includes(first))).toBe(false);
  });

  test("only a page of this site is opened afterwards", async () => {
    for (const next of ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example/"]) {
      expect([next, await signIn(openCookieBrowser(), next)]).toEqual([next, "/"]);
    }
  });
});

describe("the way back from the provider", () => {
  const refused = async (browser: CookieBrowser, url: URL) => {
    const answer = await browser.visit(url.href);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sign-in"]);
    expect((await who(browser)).status).toBe(401);
    return refusalOf(browser);
  };
  const again = expect.stringContaining("Sign in again.");
  const unverified = "The sign-in at Example ID did not complete, or its answer could not be verified. Start again.";

  test("an answer with another state is refused", async () => {
    const browser = openCookieBrowser();
    const url = await comeBack(browser);
    url.searchParams.set("state", "x".repeat(43));
    expect(await refused(browser, url)).toBe(unverified);
  });

  test("an answer that another browser asked for is refused", async () => {
    const [attacker, victim] = [openCookieBrowser(), openCookieBrowser()];
    const url = await comeBack(attacker);
    expect(await refused(victim, url)).toEqual(again);
    await comeBack(victim);
    expect(await refused(victim, url)).toBe(unverified);
  });

  test("an answer that comes back twice is refused, also with the cookie kept", async () => {
    const browser = openCookieBrowser();
    const url = await comeBack(browser);
    const kept = browser.cookie("tidemark_sign_in") ?? "";
    expect((await browser.visit(url.href)).headers.get("location")).toBe("/");
    const thief = openCookieBrowser();
    thief.setCookie("tidemark_sign_in", kept);
    expect(await refused(thief, url)).toEqual(again);
  });

  test("a code that was redeemed already is refused", async () => {
    const [first, second] = [openCookieBrowser(), openCookieBrowser()];
    const url = await comeBack(first);
    await first.visit(url.href);
    const other = await comeBack(second);
    other.searchParams.set("code", url.searchParams.get("code") ?? "");
    expect(await refused(second, other)).toBe(unverified);
  });

  test("an answer of another issuer is refused", async () => {
    const browser = openCookieBrowser();
    const url = await comeBack(browser);
    url.searchParams.set("iss", "https://evil.example");
    expect(await refused(browser, url)).toBe(unverified);
  });

  test("a changed cookie is refused", async () => {
    const browser = openCookieBrowser();
    const url = await comeBack(browser);
    const [payload = "", signature = ""] = browser.cookie("tidemark_sign_in")?.split(".") ?? [];
    const flow = JSON.parse(Buffer.from(payload, "base64url").toString());
    const changed = Buffer.from(JSON.stringify({ ...flow, next: "//evil.example" })).toString("base64url");
    for (const value of [`${changed}.${signature}`, payload, "", `${payload}.`, "a.b.c"]) {
      browser.setCookie("tidemark_sign_in", value);
      expect(await refused(browser, url)).toEqual(again);
    }
  });

  const now = () => Math.floor(Date.now() / 1000);
  test.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ["another nonce", (claims) => ({ ...claims, nonce: "x".repeat(43) })],
    ["no nonce", ({ nonce, ...claims }) => claims],
    ["another audience", (claims) => ({ ...claims, aud: "another-client" })],
    ["another issuer", (claims) => ({ ...claims, iss: "https://evil.example" })],
    ["an expiry 2 minutes ago", (claims) => ({ ...claims, exp: now() - 120 })],
    ["no subject", ({ sub, ...claims }) => claims],
  ])("an ID token with %s", async (_, tamper) => {
    provider.tamper = tamper;
    const browser = openCookieBrowser();
    expect(await refused(browser, await comeBack(browser))).toBe(unverified);
  });

  test.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ["behind", (claims) => ({ ...claims, iat: now() - 345, exp: now() - 45 })],
    ["ahead", (claims) => ({ ...claims, iat: now() + 45, exp: now() + 345 })],
  ])("but not an ID token of a provider whose clock is 45 s %s", async (_, tamper) => {
    provider.tamper = tamper;
    expect(await signIn(openCookieBrowser())).toBe("/alerts?state=open");
  });
});

describe("the provider's keys and its absence", () => {
  test("new keys are read as soon as a token names one", async () => {
    await signIn(openCookieBrowser());
    await provider.rotateKeys();
    const browser = openCookieBrowser();
    expect(await signIn(browser)).toBe("/alerts?state=open");
    expect((await who(browser)).status).toBe(200);
  });

  test("while it is away the sign-in says so, existing sessions and tokens work, and its return is noticed", async () => {
    const browser = openCookieBrowser();
    await signIn(browser);
    const url = await comeBack(openCookieBrowser());
    await provider.stop();
    const adapter = openAdapter();
    expect(await adapter.isReachable()).toBe(false);
    await expect(adapter.begin()).rejects.toThrow(
      "Example ID is not available at the moment. Try again in a minute, or sign in with a token.",
    );
    expect(await adapter.signOutUrl(null)).toBeNull();
    // The sign-in that was on its way.
    const late = openCookieBrowser();
    await comeBackWithout(late, url);
    expect((await who(browser)).status).toBe(200);
    expect((await api.call("GET", "/api/v1/people")).status).toBe(200);
    await provider.start();
    expect(await openAdapter().isReachable()).toBe(true);
    expect(await signIn(openCookieBrowser())).toBe("/alerts?state=open");
  });

  async function comeBackWithout(browser: CookieBrowser, url: URL): Promise<void> {
    const started = await browser.visit(`${served.url}/sign-in/oidc`);
    const asked = new URL(started.headers.get("location") ?? "");
    url.searchParams.set("state", asked.searchParams.get("state") ?? "");
    const answer = await browser.visit(url.href);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sign-in"]);
    expect(refusalOf(browser)).toContain("Example ID is not available at the moment.");
  }

  test("a description that is not the issuer's own is not believed", async () => {
    const other = openOidc({
      issuer: `${provider.issuer}/realms/other`,
      clientId: "x",
      clientSecret: "x",
      name: "Other",
      scopes: "openid",
      groupsClaim: "groups",
      redirectUri: `${served.url}/sign-in/oidc/callback`,
      signedOutUri: served.url,
    });
    await expect(other.begin()).rejects.toThrow("Other is not available");
  });
});

describe("signing out", () => {
  test("ends the session here and leads to the provider, which ends its own and comes back", async () => {
    const browser = openCookieBrowser();
    await signIn(browser);
    const answer = await browser.visit(`${served.url}/api/v1/session`, { method: "DELETE" });
    expect(answer.status).toBe(200);
    const { url } = (await answer.json()) as { url: string };
    expect(new URL(url).origin).toBe(provider.issuer);
    expect(new URL(url).searchParams.get("post_logout_redirect_uri")).toBe(`${served.url}/sign-in`);
    expect(new URL(url).searchParams.get("id_token_hint")).toMatch(/^eyJ/);
    expect((await who(browser)).status).toBe(401);
    expect((await browser.visit(url)).status).toBe(200);
  });

  test("at the provider ends the session here, by its back-channel message", async () => {
    const [browser, elsewhere] = [openCookieBrowser(), openCookieBrowser()];
    await signIn(browser);
    await signIn(elsewhere);
    const { rows } = await db.database.sql.query("SELECT oidc_id_token FROM session ORDER BY created_at DESC LIMIT 2");
    const end = new URL(`${provider.issuer}/session/end`);
    end.searchParams.set("id_token_hint", rows[1]?.oidc_id_token);
    const asked = await browser.visit(end.href);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(await asked.text())?.[1] ?? "";
    await browser.visit(`${provider.issuer}/session/end/confirm`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ xsrf, logout: "yes" }).toString(),
    });
    await until("the session has ended", async () => (await who(browser)).status === 401);
    // The same person's session of another browser has another sid.
    expect((await who(elsewhere)).status).toBe(200);
  });

  const seconds = () => Math.floor(Date.now() / 1000);
  let made = 0;
  const claims = (more: object = {}): JWTPayload => {
    made += 1;
    return {
      iss: provider.issuer,
      aud: provider.clientId,
      iat: seconds(),
      exp: seconds() + 120,
      jti: `message-${made}`,
      sub: "ada",
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
      ...more,
    };
  };
  const send = (token: string) =>
    fetch(`${served.url}/sign-in/oidc/back-channel-logout`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ logout_token: token }).toString(),
    });

  test("a message about a person ends all of their sessions, once", async () => {
    const [one, two, other] = [openCookieBrowser(), openCookieBrowser(), openCookieBrowser()];
    await signIn(one);
    await signIn(two);
    provider.account = "cleo";
    await signIn(other);
    const token = await provider.sign(claims());
    const answer = await send(token);
    expect([answer.status, answer.headers.get("cache-control"), await answer.text()]).toEqual([200, "no-store", ""]);
    expect([await who(one), await who(two), await who(other)].map(({ status }) => status)).toEqual([401, 401, 200]);
    // Sent again, it must not end the session that began meanwhile.
    provider.account = "ada";
    await signIn(one);
    const again = await send(token);
    expect([again.status, await again.json()]).toMatchObject([400, { error: "invalid_request" }]);
    expect((await who(one)).status).toBe(200);
    const { rows } = await db.database.sql.query("SELECT DISTINCT ended_by FROM session WHERE ended_at IS NOT NULL");
    expect(rows).toContainEqual({ ended_by: provider.issuer });
  });

  test.each<[string, object, object?]>([
    ["another issuer", { iss: "https://evil.example" }],
    ["another audience", { aud: "another-client" }],
    ["a nonce", { nonce: "n" }],
    ["no event", { events: undefined }],
    ["another event", { events: { "http://schemas.openid.net/event/other": {} } }],
    ["no id", { jti: undefined }],
    ["no time", { iat: undefined }],
    ["a time of yesterday", { iat: seconds() - 86_400, exp: undefined }],
    ["a time in 5 minutes", { iat: seconds() + 300 }],
    ["an expiry 2 minutes ago", { iat: seconds() - 300, exp: seconds() - 120 }],
    ["neither person nor session", { sub: undefined }],
    ["a secret's signature", {}, { alg: "HS256" }],
  ])("a message with %s ends nothing", async (_, more, header) => {
    const browser = openCookieBrowser();
    await signIn(browser);
    const secret = header && new TextEncoder().encode(provider.clientSecret);
    const token = secret
      ? await new SignJWT(claims(more)).setProtectedHeader({ alg: "HS256" }).sign(secret)
      : await provider.sign(claims(more));
    expect((await send(token)).status).toBe(400);
    expect((await who(browser)).status).toBe(200);
  });

  test("a message that another key signed under the same name, an ID token, and what is no token end nothing", async () => {
    const browser = openCookieBrowser();
    await signIn(browser);
    const { rows } = await db.database.sql.query("SELECT oidc_id_token FROM session ORDER BY created_at DESC LIMIT 1");
    const { privateKey } = await generateKeyPair("RS256");
    const kid = decodeProtectedHeader(rows[0]?.oidc_id_token).kid as string;
    const forged = await new SignJWT(claims()).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
    const unsigned = new UnsecuredJWT(claims()).encode();
    for (const token of [forged, rows[0]?.oidc_id_token, unsigned, "", "a.b.c", "x".repeat(40_000)]) {
      expect((await send(token)).status).toBe(400);
    }
    expect((await send("x".repeat(80_000))).status).toBe(413);
    expect((await who(browser)).status).toBe(200);
  });
});
