import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SilenceJson, SilencePreviewJson } from "#domain/api/silences.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";

let db: TestDatabase;
let api: TestApi;
// A Sunday.
let now: Date;
beforeAll(async () => {
  db = await createTestDatabase();
  api = openTestApi(db.database, { now: () => now });
});
beforeEach(async () => {
  now = new Date("2026-11-22T13:20:00Z");
  await db.database.sql.query("TRUNCATE silence, alert, alert_transition");
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

const body = (more: object = {}) => ({
  matchers: ['datacenter="ams"'],
  duration: "2h",
  reason: "New switches.",
  ...more,
});

async function call<Body>(method: string, path: string, sent?: unknown): Promise<[number, Body]> {
  const answer = await api.call(method, `/api/v1${path}`, sent === undefined ? {} : { body: sent });
  const text = await answer.text();
  return [answer.status, (text === "" ? null : JSON.parse(text)) as Body];
}
const create = async (more: object = {}) => (await call<SilenceJson>("POST", "/silences", body(more)))[1];
const list = async (query = "") =>
  (await call<{ items: SilenceJson[]; nextCursor: string }>("GET", `/silences${query}`))[1];

describe("a silence", () => {
  test("is made, read, listed and ended; it stays as history with who ended it", async () => {
    const [status, made] = await call<SilenceJson>("POST", "/silences", body());
    expect(status).toBe(201);
    expect(made).toMatchObject({
      name: null,
      matchers: ['datacenter="ams"'],
      startsAt: "2026-11-22T13:20:00Z",
      endsAt: "2026-11-22T15:20:00Z",
      recurrence: null,
      reason: "New switches.",
      state: "active",
      expiredBy: null,
    });
    expect((await call("GET", `/silences/${made.id}`))[1]).toEqual(made);
    now = new Date("2026-11-22T14:00:00Z");
    expect(await call("DELETE", `/silences/${made.id}`)).toEqual([204, null]);
    expect((await list()).items).toEqual([]);
    now = new Date("2026-11-22T14:30:00Z");
    expect((await call("DELETE", `/silences/${made.id}`))[0]).toBe(204);
    expect((await list("?expired=true")).items).toEqual([
      { ...made, endsAt: "2026-11-22T14:00:00Z", state: "expired", expiredBy: made.createdBy },
    ]);
    expect((await call("GET", "/silences/none"))[0]).toBe(404);
    expect((await call("DELETE", "/silences/none"))[0]).toBe(404);
  });

  test("pending → active → expired by time, resting between its recurrences", async () => {
    const recurrence = [
      { weekdays: ["sunday"], times: [{ startTime: "02:00", endTime: "04:00" }], location: "Europe/Stockholm" },
    ];
    const { id } = await create({
      duration: undefined,
      startsAt: "2026-11-22T20:00:00Z",
      endsAt: "2026-12-22T00:00:00Z",
      recurrence,
    });
    const stateAt = async (at: string) => {
      now = new Date(at);
      return (await call<SilenceJson>("GET", `/silences/${id}`))[1].state;
    };
    expect(await stateAt("2026-11-22T13:20:00Z")).toBe("pending");
    expect(await stateAt("2026-11-24T13:20:00Z")).toBe("resting");
    expect(await stateAt("2026-11-29T00:59:59Z")).toBe("resting");
    expect(await stateAt("2026-11-29T01:00:00Z")).toBe("active");
    expect(await stateAt("2026-11-29T03:00:00Z")).toBe("resting");
    expect(await stateAt("2026-12-22T00:00:00Z")).toBe("expired");
  });

  test("one that has not begun is ended before it begins", async () => {
    const { id } = await create({ startsAt: "2026-11-23T00:00:00Z" });
    await call("DELETE", `/silences/${id}`);
    expect((await call<SilenceJson>("GET", `/silences/${id}`))[1]).toMatchObject({
      state: "expired",
      startsAt: "2026-11-22T13:20:00Z",
      endsAt: "2026-11-22T13:20:00Z",
    });
  });

  test.each([
    [{ reason: undefined }, "/reason"],
    [{ duration: undefined }, "/endsAt"],
    [{ duration: "soon" }, "/duration"],
    [{ endsAt: "2026-11-23T00:00:00Z" }, "/duration"],
    [{ duration: undefined, endsAt: "2026-11-22T13:20:00Z" }, "/endsAt"],
    [{ startsAt: "2026-11-01T00:00:00Z" }, "/duration"],
    [{ matchers: [] }, "/matchers"],
    [{ matchers: ['team=~".*"'] }, "/matchers"],
    [{ matchers: ["datacenter"] }, "/matchers/0"],
    [{ recurrence: [{ weekdays: ["someday"] }] }, "/recurrence/0/weekdays/0"],
    [{ id: "x" }, "/id"],
  ])("%j is refused at %s", async (more, pointer) => {
    const [status, problem] = await call<{ errors: { pointer: string }[] }>("POST", "/silences", body(more));
    expect([status, problem.errors.map((error) => error.pointer)]).toEqual([400, [pointer]]);
    expect((await list()).items).toEqual([]);
  });

  test("lists go page by page, the newest first", async () => {
    for (const minute of [1, 2, 3]) {
      now = new Date(`2026-11-22T13:0${minute}:00Z`);
      await create({ reason: `${minute}` });
    }
    const first = await list("?limit=2");
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ reason }) => reason)).toEqual(["3", "2", "1"]);
    expect(second.nextCursor).toBeNull();
  });
});

describe("a preview", () => {
  const labels = (datacenter: string, severity: string, rule = "late") => ({ alertname: rule, datacenter, severity });
  async function fire(fingerprint: string, found: object, at: string, from = "normal"): Promise<void> {
    await db.database.sql.query(
      `INSERT INTO alert_transition (fingerprint, rule, labels, from_state, to_state, at, reason, incident_id)
       VALUES ($1, $2, $3, $4, 'firing', $5, 'x', 7)`,
      [fingerprint, (found as { alertname: string }).alertname, JSON.stringify(found), from, at],
    );
  }
  async function firing(fingerprint: string, found: { severity: string; alertname: string }): Promise<void> {
    await db.database.sql.query(
      `INSERT INTO alert (fingerprint, rule, labels, severity, state, firing_since, changed_at, evaluated_at)
       VALUES ($1, $2, $3, $4, 'firing', '2026-11-22T13:00:00Z', '2026-11-22T13:00:00Z', '2026-11-22T13:00:00Z')`,
      [fingerprint, found.alertname, JSON.stringify(found), found.severity],
    );
  }
  const preview = (sent: object) => call<SilencePreviewJson>("POST", "/silences/preview", sent);

  test("says what it hides now and would have hidden in the last seven days", async () => {
    await firing("a", labels("ams", "page"));
    await firing("b", labels("lon", "page"));
    await fire("a", labels("ams", "page"), "2026-11-22T13:00:00Z");
    await fire("a", labels("ams", "page"), "2026-11-22T13:10:00Z", "recovering");
    await fire("c", labels("ams", "ticket", "skewed"), "2026-11-18T03:00:00Z");
    await fire("c", labels("ams", "ticket", "skewed"), "2026-11-15T02:30:00Z", "pending");
    await fire("d", labels("ams", "page"), "2026-11-15T13:19:59Z");
    await fire("e", labels("lon", "page"), "2026-11-20T03:00:00Z");
    const [status, seen] = await preview({ matchers: ['datacenter="ams"', 'severity=~"page|ticket"'] });
    expect(status).toBe(200);
    expect(seen.now).toMatchObject({ count: 1, alerts: [{ fingerprint: "a", firingSince: "2026-11-22T13:00:00Z" }] });
    expect(seen.lastWeek).toMatchObject({ count: 2, pages: 1, incidents: 1, complete: true });
    expect(seen.lastWeek.byRule).toEqual([
      { rule: "late", count: 1 },
      { rule: "skewed", count: 1 },
    ]);
    expect(seen.lastWeek.alerts.map(({ fingerprint }) => fingerprint)).toEqual(["a", "c"]);
  });

  test("of maintenance that comes again counts only its own times", async () => {
    await fire("a", labels("ams", "page"), "2026-11-22T03:00:00Z");
    await fire("a", labels("ams", "page"), "2026-11-22T05:00:00Z");
    const recurrence = [{ weekdays: ["sunday"], times: [{ startTime: "02:00", endTime: "04:00" }] }];
    const [, seen] = await preview({ matchers: ['datacenter="ams"'], recurrence, reason: "half written" });
    expect(seen.lastWeek.alerts.map(({ firingSince }) => firingSince)).toEqual(["2026-11-22T03:00:00Z"]);
  });

  test("of matchers that cannot be read is refused at their place", async () => {
    const [status, problem] = await preview({ matchers: ['datacenter=~"("'] });
    expect([status, problem]).toMatchObject([400, { errors: [{ pointer: "/matchers/0" }] }]);
  });
});
