import { afterAll, beforeAll, expect, test } from "vitest";
import { sourcePreviewSchema } from "#domain/api/sources.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let db: TestDatabase;
let api: TestApi;

const spec = (match: string) => ({
  cloudMonitoring: { project: "my-project", subscriptions: [{ match, eventType: "$type", datacenter: "$dc" }] },
});
const preview = async (body: object) => {
  const answer = await api.call("POST", "/api/v1/sources/preview", { body });
  return { status: answer.status, body: await answer.json() };
};

beforeAll(async () => {
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => new Date("2026-11-22T13:20:00Z") });
  await api.call("PUT", "/api/v1/sources/google", { body: spec("(?<type>[A-Z]\\w+)-(?<dc>[a-z]+)-etl") });
  await db.database.sql.query(
    `INSERT INTO source_resource (source, kind, resource, mapped, seen_at)
     SELECT 'google', 'subscription', id, true, now() FROM unnest($1::text[]) AS id`,
    [["EndSong-ams-etl", "EndSong-lon-etl", "other"]],
  );
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

test("a draft is matched with what the source has seen, and nothing is saved", async () => {
  const { status, body } = await preview({ spec: spec("(?<type>[A-Z]\\w+)-(?<dc>ams)-etl"), source: "google" });
  expect(status).toBe(200);
  expect(sourcePreviewSchema.parse(body)).toEqual({
    mapped: 1,
    notMapped: 2,
    eventTypes: ["EndSong"],
    datacenters: ["ams"],
    resources: [
      { kind: "subscription", id: "EndSong-lon-etl", lanes: [] },
      { kind: "subscription", id: "other", lanes: [] },
      {
        kind: "subscription",
        id: "EndSong-ams-etl",
        lanes: [{ eventType: "EndSong", datacenter: "ams", stage: "delivered" }],
      },
    ],
  });
  const stored = (await (await api.call("GET", "/api/v1/sources/google")).json()) as { spec: unknown };
  expect(stored.spec).toEqual(spec("(?<type>[A-Z]\\w+)-(?<dc>[a-z]+)-etl"));
});

test("ids are tried before anything was collected", async () => {
  const { body } = await preview({ spec: spec("(?<type>[A-Z]\\w+)-(?<dc>[a-z]+)"), ids: ["AdClick-sjc"] });
  expect(body).toMatchObject({ mapped: 1, notMapped: 0, eventTypes: ["AdClick"], datacenters: ["sjc"] });
});

test("a draft with a fault is refused with its place", async () => {
  const { status, body } = await preview({ spec: spec("(?<type>[A-Z") });
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ pointer: "/spec/cloudMonitoring/subscriptions/0/match" }]);
});
