import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let test: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  test = await createTestDatabase();
  api = openTestApi(test.database, { now: () => new Date("2026-11-22T13:20:00Z") });
});
afterAll(async () => {
  await api.close();
  await test.drop();
});

it("every call refuses a query parameter that it does not have, and lists those that it has", async () => {
  const document = (await (await api.call("GET", "/api/openapi.json")).json()) as {
    paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
  };
  const answers: unknown[] = [];
  const expected: unknown[] = [];
  for (const [path, operations] of Object.entries(document.paths)) {
    if (!path.startsWith("/api/v1/")) continue;
    for (const [method, { parameters = [] }] of Object.entries(operations)) {
      const known = parameters.filter((each) => each.in === "query").map(({ name }) => name);
      const answer = await api.call(method.toUpperCase(), `${path.replace(/\{\w+\}/g, "x")}?planted=1`);
      const { detail, errors } = (await answer.json()) as { detail: string; errors?: { parameter?: string }[] };
      answers.push([method, path, answer.status, errors?.map(({ parameter }) => parameter), detail]);
      const choice = known.length === 0 ? "This call takes none." : `This call takes ${known.join(", ")}.`;
      expected.push([method, path, 400, ["planted"], `Unknown query parameter "planted". ${choice}`]);
    }
  }
  expect(answers.length).toBeGreaterThan(60);
  expect(answers).toEqual(expected);
});

it("who has no token learns nothing of the parameters", async () => {
  expect((await api.call("GET", "/api/v1/board?planted=1", { token: null })).status).toBe(401);
});
