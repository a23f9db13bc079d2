import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { createTestToken, signInPerson } from "#test/people.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let scratch: TestDatabase;
let api: TestApi;

beforeEach(async () => {
  scratch = await createTestDatabase();
  api = openTestApi(scratch.database, { now: () => new Date("2026-11-22T13:00:00Z") });
});
afterEach(async () => {
  await api.close();
  await scratch.drop();
});

const notify = (channel: string) => scratch.database.sql.query("SELECT pg_notify($1, '*')", [channel]);

/** The stream's texts, one by one. */
function eventsOf(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("The answer has no body.");
  return { next: async () => (await reader.read()).value, cancel: () => reader.cancel() };
}

test("streams a commit to clients; several within a second become one event; closing ends the stream", async () => {
  const response = await api.call("GET", "/api/v1/changes");
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.headers.get("cache-control")).toContain("no-transform");
  const events = eventsOf(response);
  expect(await events.next()).toBe("event: changed\ndata: []\n\n");

  // The connection to the database stands once it has announced both nouns.
  const told = new Set<string>();
  while (told.size < 2)
    for (const noun of JSON.parse(/data: (.*)/.exec((await events.next()) ?? "")?.[1] ?? "")) told.add(noun);
  await notify("tidemark_verdict");
  expect(await events.next()).toBe('event: changed\ndata: ["verdicts"]\n\n');
  await notify("tidemark_alert");
  await notify("tidemark_verdict");
  await notify("tidemark_alert");
  const together = (await events.next()) ?? "";
  expect(JSON.parse(/data: (.*)/.exec(together)?.[1] ?? "").sort()).toEqual(["alerts", "verdicts"]);

  await api.close();
  while ((await events.next()) !== undefined);
});

test("refuses a stream without a token", async () => {
  expect((await api.call("GET", "/api/v1/changes", { token: null })).status).toBe(401);
});

test("a token has twenty streams open, a further one is 429 until one ends; another token's are its own", async () => {
  const open = (token?: string) => api.call("GET", "/api/v1/changes", token === undefined ? {} : { token });
  const streams = [];
  for (let at = 0; at < 20; at += 1) {
    const response = await open();
    expect([response.status, response.headers.get("x-accel-buffering")]).toEqual([200, "no"]);
    streams.push(eventsOf(response));
  }
  const refused = await open();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"]);
  const made = await api.call("POST", "/api/v1/tokens", { body: { name: "other", scopes: ["read"] } });
  const other = await open(((await made.json()) as { token: string }).token);
  expect(other.status).toBe(200);
  await streams[0]?.cancel();
  expect((await open()).status).toBe(200);
});

test("an address has two hundred streams open, whatever tokens it has", async () => {
  const statuses = new Map<number, number>();
  let token = "";
  for (let at = 0; at < 201; at += 1) {
    if (at % 20 === 0) {
      const made = await api.call("POST", "/api/v1/tokens", { body: { name: `${at}`, scopes: ["read"] } });
      token = ((await made.json()) as { token: string }).token;
    }
    const { status } = await api.call("GET", "/api/v1/changes", { token });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses]).toEqual([
    [200, 200],
    [429, 1],
  ]);
});

describe("a stream ends with what it was opened with", () => {
  /** All that comes until its end. */
  const untilEnd = async (response: Response) => {
    expect(response.status).toBe(200);
    const events = eventsOf(response);
    while ((await events.next()) !== undefined);
  };
  const streamOf = (caller: { call: (method: string, path: string) => Promise<Response> }) =>
    caller.call("GET", "/api/v1/changes");

  test("a session that its person ends, in this process and another", async () => {
    const ada = await signInPerson(api, { name: "Ada", role: "viewer" });
    const other = openTestApi(scratch.database, { now: () => new Date("2026-11-22T13:00:00Z") });
    const elsewhere = await other.call("GET", "/api/v1/changes", { token: null, headers: { cookie: ada.cookie } });
    const here = await streamOf(ada);
    expect((await ada.call("DELETE", "/api/v1/session")).status).toBe(204);
    await Promise.all([untilEnd(here), untilEnd(elsewhere)]);
    await other.close();
  });

  test("a token that is revoked, and a session that it began", async () => {
    const token = await createTestToken(api, { name: "watcher", scopes: ["read"] });
    const body = { token: token.token };
    const signedIn = await api.call("POST", "/api/v1/session", { token: null, body });
    const headers = { cookie: signedIn.headers.get("set-cookie")?.split(";")[0] ?? "" };
    const streams = [await streamOf(token), await api.call("GET", "/api/v1/changes", { token: null, headers })];
    const listed = (await (await api.call("GET", "/api/v1/tokens")).json()) as {
      items: { id: string; name: string }[];
    };
    const { id } = listed.items.find(({ name }) => name === "watcher") ?? {};
    expect((await api.call("DELETE", `/api/v1/tokens/${id}`)).status).toBe(204);
    await Promise.all(streams.map(untilEnd));
  });

  test("one whose session goes on stays open, and is no use of the session", async () => {
    const ada = await signInPerson(api, { name: "Stays", role: "viewer" });
    const events = eventsOf(await streamOf(ada));
    await scratch.database.sql.query("UPDATE session SET last_seen_at = now() - interval '2 hours'");
    api.access.forget();
    await events.next();
    await notify("tidemark_alert");
    while (!(await events.next())?.includes("alerts"));
    const { rows } = await scratch.database.sql.query(
      "SELECT last_seen_at < now() - interval '1 hour' AS unused FROM session",
    );
    expect(rows).toEqual([{ unused: true }]);
    await events.cancel();
  });
});
