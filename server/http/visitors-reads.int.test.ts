import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "#server/db/database.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi, testAdminToken } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { openVisitorsReads, type VisitorsReads } from "./visitors-reads.ts";

const asked = 40;
const ofVisitors = 3;

let test: TestDatabase;
/** As the web process has it: fewer connections than visitors who ask at once. */
let database: TestDatabase["database"];
let visitors: VisitorsReads;
let api: TestApi;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.sql.query(
    `INSERT INTO event_type (id, name, discovered_at, claimed_at, tier, owner, active_from, hours_through)
     VALUES (1, 'EndSong', now(), now(), (SELECT min(name) FROM tier), 'team', '2026-11-22T10:00Z', '2026-11-22T14:00Z')`,
  );
  database = openDatabase(test.url, { applicationName: "test web", maxConnections: 10, work: "web" });
  visitors = openVisitorsReads(test.url, null, { work: "long" });
  api = openTestApi(database, { now: () => new Date("2026-11-22T13:20:00Z"), visitors });
});
afterAll(async () => {
  await api.close();
  await Promise.all([database.close(), visitors.close()]);
  await test.drop();
});

/** Statements that read tiers and revisions are slow until this is released: they wait for the tables. */
async function slowDown(): Promise<() => Promise<void>> {
  const locked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const holding = test.database.transaction(async (tx) => {
    await tx.query("LOCK TABLE tier, verdict_revision IN ACCESS EXCLUSIVE MODE");
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  return async () => {
    released.resolve();
    await holding;
  };
}

async function waiting(): Promise<number> {
  const { rows } = await test.database.sql.query<{ sessions: number }>(
    `SELECT count(*)::int AS sessions FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.sessions ?? 0;
}

describe("visitors of an open dashboard whose statements are slow", () => {
  it("occupy three connections however many ask; who signed in or signs in and tokens are answered meanwhile", async () => {
    const visit = { cookie: `tidemark_session=${await api.access.startVisit()}` };
    const release = await slowDown();
    const statuses: number[] = [];
    const answers = Array.from({ length: asked }, async (_, at) => {
      const isFeed = at % 2 === 0;
      const answer = await api.call("GET", isFeed ? "/api/v1/event-types/EndSong/feed.json" : "/api/v1/tiers", {
        token: null,
        headers: isFeed ? {} : visit,
      });
      statuses.push(answer.status);
      if (answer.status === 503) expect(answer.headers.get("retry-after")).toBe("5");
    });
    await until("the visitors' connections are occupied", async () => (await waiting()) === ofVisitors);
    const signIn = await api.call("POST", "/api/v1/session", { token: null, body: { token: testAdminToken } });
    const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    for (const credential of [{}, { token: null, headers: { cookie } }])
      expect((await api.call("GET", "/api/v1/datacenters", credential)).status).toBe(200);
    // Whoever found no connection in time has an answer, although what occupies them still waits.
    await until("the other visitors are answered", async () => statuses.length === asked - ofVisitors);
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(await waiting()).toBe(ofVisitors);
    await release();
    await Promise.all(answers);
    expect(statuses.slice(asked - ofVisitors)).toEqual([200, 200, 200]);
  });
});
