import { afterAll, expect, it } from "vitest";
import { openDatabase } from "#server/db/database.ts";
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
