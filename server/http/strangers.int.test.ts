import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scopes } from "#domain/access/scope.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { openTestApi, type TestApi, testAdminToken } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { bodyLimits } from "./limit-body.ts";

// What callers without a token, or without the scope, can make this server read. On real sockets: limits count what arrives.

interface Operation {
  security?: Record<string, string[]>[];
  requestBody?: unknown;
}

interface Call {
  title: string;
  method: string;
  path: string;
  operation: Operation;
}

let test: TestDatabase;
let api: TestApi;
let served: ServedApi;
let calls: Call[];

beforeAll(async () => {
  test = await createTestDatabase();
  api = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
  served = await serveApi(api.fetch);
  const document = (await (await fetch(`${served.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  calls = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      title: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: path.replaceAll("{hour}", "2026-11-22T13").replaceAll(/\{\w+\}/g, "none"),
      operation,
    })),
  );
});
afterAll(async () => {
  await served.stop();
  await api.close();
  await test.drop();
});

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string | number>;
}

/** The answer, and how many bytes were sent before it came: `write` sends until it does. */
async function send(
  { method, path, headers }: Sent,
  write: (to: ClientRequest) => boolean,
): Promise<{ status: number; sent: number }> {
  const { port } = new URL(served.url);
  const asked = request({ host: "127.0.0.1", port, method, path, headers, agent: false });
  const answered = once(asked, "response") as Promise<[IncomingMessage]>;
  let status = 0;
  void answered.then(([{ statusCode = 0 }]) => {
    status = statusCode;
  });
  asked.setMaxListeners(0).on("error", () => undefined);
  while (status === 0 && !asked.destroyed && write(asked)) {
    await Promise.race([once(asked, "drain"), answered, new Promise((resolve) => setTimeout(resolve, 1))]);
  }
  const [answer] = await answered;
  const sent = asked.socket?.bytesWritten ?? 0;
  asked.destroy();
  return { status: answer.statusCode ?? 0, sent };
}

const piece = Buffer.alloc(16 * 1024, "{},");
const json = { "content-type": "application/json" };

describe("a body without a token", () => {
  it("that declares 100 MB is refused before a byte of it is read, at every call", async () => {
    for (const { title, method, path } of calls) {
      if (method === "GET") continue;
      const headers = { ...json, "content-length": 100_000_000 };
      const { status, sent } = await send({ method, path, headers }, (to) => {
        to.flushHeaders();
        return false;
      });
      expect([title, [401, 413].includes(status), sent < 1_000]).toEqual([title, true, true]);
    }
  });

  it("without a declared end is read to the limit at most, at every call", async () => {
    for (const { title, method, path, operation } of calls) {
      if (method === "GET") continue;
      const { status } = await send({ method, path, headers: { ...json, "transfer-encoding": "chunked" } }, (to) => {
        to.write(piece);
        return true;
      });
      // Signing out reads no body.
      const isOpen = !operation.security?.some((way) => way.bearer);
      expect([title, status]).toEqual([title, isOpen ? (status === 204 && method === "DELETE" ? 204 : 413) : 401]);
    }
  });

  it("at the limit is read", async () => {
    const text = JSON.stringify({ token: "x".repeat(bodyLimits.stranger - 12) });
    expect(text).toHaveLength(bodyLimits.stranger);
    const post = (body: string) => fetch(`${served.url}/api/v1/session`, { method: "POST", headers: json, body });
    expect((await post(text)).status).toBe(401);
    expect((await post(`${text} `)).status).toBe(413);
  });

  it("that trickles is given up", { timeout: 60_000 }, async () => {
    const headers = { ...json, "content-length": 1_000 };
    const { status } = await send({ method: "POST", path: "/api/v1/session", headers }, (to) => {
      to.write("{");
      return false;
    });
    expect(status).toBe(408);
  });
});

describe("a token without the scope", () => {
  it("is refused with 403 before its body, its type and its query are looked at, at every call that takes a body", async () => {
    let walked = 0;
    for (const { title, method, path, operation } of calls) {
      const needed = operation.security?.flatMap((way) => way.bearer ?? []) ?? [];
      if (!operation.requestBody || needed.length === 0) continue;
      walked += 1;
      const held = scopes.find((scope) => scope !== "admin" && !needed.includes(scope));
      const made = await api.call("POST", "/api/v1/tokens", { body: { name: `${walked}`, scopes: [held] } });
      const { token } = (await made.json()) as { token: string };
      const wrong: [contentType: string, body: string, query: string][] = [
        ["application/json", "{", ""],
        ["application/json; charset=latin1", "[1]", ""],
        ["text/plain", "\u0000", ""],
        ["application/json", "{}", "?nothing=1"],
      ];
      for (const [contentType, body, query] of wrong) {
        const headers = { authorization: `Bearer ${token}`, "content-type": contentType };
        const answer = await fetch(`${served.url}${path}${query}`, { method, headers, body });
        expect([title, contentType, (await answer.text()) && answer.status]).toEqual([title, contentType, 403]);
      }
    }
    expect(walked).toBeGreaterThan(20);
  });
});

describe("methods", () => {
  it("that a known path does not take are 405 with those that it takes, at every path", async () => {
    const taken = Map.groupBy(calls, ({ path }) => path);
    for (const [path, own] of taken) {
      const allowed = own.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
      const other = ["PATCH", "DELETE", "PUT", "POST", "GET"].find((method) => !allowed.includes(method)) ?? "PATCH";
      const answer = await fetch(`${served.url}${path}`, { method: other });
      expect([path, answer.status, answer.headers.get("allow")?.split(", ")]).toEqual([
        path,
        405,
        expect.arrayContaining(allowed),
      ]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      const options = await fetch(`${served.url}${path}`, { method: "OPTIONS" });
      expect([options.status, options.headers.get("allow")]).toEqual([204, expect.stringContaining(allowed[0] ?? "")]);
    }
  });
});

describe("signing in", () => {
  const signIn = (to: TestApi, token: string, address = "192.0.2.1") =>
    to.call("POST", "/api/v1/session", {
      token: null,
      body: { token },
      headers: { "x-tidemark-client-address": address },
    });

  it("fails ten times a minute from one address, then is 429 until the minute ends, with a valid token too", async () => {
    const own = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) statuses.push((await signIn(own, `tm_guess_${attempt}`)).status);
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 401));
    const refused = await signIn(own, testAdminToken);
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get("ratelimit-policy")).toBe('"sign-in";q=10;w=60');
    expect(refused.headers.get("ratelimit")).toBe(`"sign-in";r=0;t=${seconds}`);
    expect(((await refused.json()) as { detail: string }).detail).toContain(`in ${seconds} s`);
    expect((await signIn(own, testAdminToken, "192.0.2.2")).status).toBe(200);
  });

  it("that succeeds does not count", async () => {
    const own = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
    for (let attempt = 0; attempt < 12; attempt += 1) expect((await signIn(own, testAdminToken)).status).toBe(200);
  });
});

describe("made-up bearer tokens", () => {
  const read = (to: TestApi, token: string, address: string) =>
    to.call("GET", "/api/v1/event-types", { token, headers: { "x-tidemark-client-address": address } });
  const madeUp = (at: number) => `tm_${String(at).padStart(43, "x")}`;

  it("are 401 sixty times a minute from one address, then 429; a valid token from there passes, a new one too", async () => {
    const own = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
    const statuses = new Map<number, number>();
    for (let at = 0; at < 70; at += 1) {
      const { status } = await read(own, madeUp(at), "192.0.2.1");
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses).toEqual(
      new Map([
        [401, 60],
        [429, 10],
      ]),
    );
    const refused = await read(own, madeUp(70), "192.0.2.1");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(((await refused.json()) as { detail: string }).detail).toContain("too many from this address");
    const made = await own.call("POST", "/api/v1/tokens", { body: { name: "honest", scopes: ["read"] } });
    const { token } = (await made.json()) as { token: string };
    // What is known of all tokens is a second old at most.
    await until("the new token is known", async () => (await read(own, token, "192.0.2.1")).status === 200);
    expect((await read(own, testAdminToken, "192.0.2.1")).status).toBe(200);
    expect((await read(own, madeUp(71), "192.0.2.2")).status).toBe(401);
  });
});

describe("requests beyond the limit", () => {
  it("of a token are 429 with when to try again; another token's, and events, are not", async () => {
    const limited = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z"), requestsPerMinute: 3 });
    const made = await limited.call("POST", "/api/v1/tokens", { body: { name: "busy", scopes: ["read"] } });
    const { token } = (await made.json()) as { token: string };
    const statuses = async (count: number, method: string, path: string, as: string | null) => {
      const answers = [];
      for (let at = 0; at < count; at += 1) answers.push(await limited.call(method, path, { token: as }));
      return answers;
    };
    const busy = await statuses(4, "GET", "/api/v1/tiers", token);
    const reads = await statuses(4, "GET", "/api/v1/event-types", token);
    expect(busy.length + reads.length).toBe(8);
    const all = [...busy, ...reads].map(({ status }) => status);
    expect(all.slice(3)).toEqual([429, 429, 429, 429, 429]);
    expect(reads[0]?.headers.get("ratelimit-policy")).toBe('"requests";q=3;w=60');
    expect(Number(reads[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await limited.call("GET", "/api/v1/event-types")).status).toBe(200);
    const events = await statuses(6, "POST", "/api/v1/events", testAdminToken);
    expect(events.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 415));
  });

  it("of visitors are counted by address", async () => {
    const limited = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z"), requestsPerMinute: 2 });
    const read = (address: string) =>
      limited.call("GET", "/api/v1/session", { token: null, headers: { "x-tidemark-client-address": address } });
    const statuses = [];
    for (const address of ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"])
      statuses.push((await read(address)).status);
    expect(statuses).toEqual([401, 401, 429, 401]);
  });
});
