import { afterAll, expect, it } from "vitest";
import { openDatabase } from "#server/db/database.ts";
import { createTestDatabase } from "#test/database.ts";
import { openTestApi } from "#test/test-api.ts";

// Nothing listens on port 1.
const database = openDatabase("postgres://nobody:x@127.0.0.1:1/none");
afterAll(() => database.close());

it("no database → 503 with Retry-After, for SQL and for Prisma", async () => {
  const api = openTestApi(database, { now: () => new Date("2026-11-22T13:00:00Z") });
  for (const [method, body] of [
    ["GET", undefined],
    ["POST", { name: "x", scopes: ["read"] }],
  ] as const) {
    const answer = await api.call(method, "/api/v1/tokens", body ? { body } : {});
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.text()).not.toContain("127.0.0.1");
  }
});

it("a read-only database → 503 with Retry-After for writes, through SQL and through Prisma", async () => {
  const scratch = await createTestDatabase();
  const name = new URL(scratch.url).pathname.slice(1);
  await scratch.database.sql.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  const readOnly = openDatabase(scratch.url);
  const api = openTestApi(readOnly, { now: () => new Date("2026-11-22T13:00:00Z") });
  const event = {
    specversion: "1.0",
    id: "1",
    source: "test",
    type: "tidemark.watermark.v1",
    time: "2026-11-22T13:00:00Z",
    data: { dc: "east", marks: [{ eventType: "EndSong", watermark: "2026-11-22T12:00:00Z" }] },
  };
  const headers = { "content-type": "application/cloudevents+json" };
  const answers = [
    await api.call("POST", "/api/v1/events", { headers, body: JSON.stringify(event) }),
    await api.call("POST", "/api/v1/tokens", { body: { name: "x", scopes: ["read"] } }),
  ];
  expect(answers.map((answer) => [answer.status, answer.headers.get("retry-after")])).toEqual([
    [503, "5"],
    [503, "5"],
  ]);
  expect(api.errors).toEqual([]);
  await readOnly.close();
  await scratch.drop();
});
