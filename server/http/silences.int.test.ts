import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ListedAlertJson } from "#domain/api/alerts.ts";
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
  await db.database.sql.query("TRUNCATE silence, alert, alert_transition, incident CASCADE");
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
      extendedBy: null,
      updatedBy: null,
      next: [{ startsAt: "2026-11-22T13:20:00Z", endsAt: "2026-11-22T15:20:00Z" }],
    });
    expect((await call("GET", `/silences/${made.id}`))[1]).toEqual(made);
    now = new Date("2026-11-22T14:00:00Z");
    expect(await call("DELETE", `/silences/${made.id}`)).toEqual([204, null]);
    expect((await list()).items).toEqual([]);
    now = new Date("2026-11-22T14:30:00Z");
    expect((await call("DELETE", `/silences/${made.id}`))[0]).toBe(204);
    expect((await list("?expired=true")).items).toEqual([
      {
        ...made,
        endsAt: "2026-11-22T14:00:00Z",
        state: "expired",
        expiredBy: made.createdBy,
        next: [],
        etag: expect.not.stringMatching(made.etag),
      },
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

describe("extending a silence", () => {
  const extend = (id: string, sent: object, headers: Record<string, string> = {}) =>
    api.call("POST", `/api/v1/silences/${id}/extend`, { body: sent, headers });

  test("moves its end by a time or to an instant, and names who did", async () => {
    const made = await create();
    expect(await (await extend(made.id, { duration: "1h" })).json()).toMatchObject({
      endsAt: "2026-11-22T16:20:00Z",
      extendedBy: made.createdBy,
      state: "active",
    });
    const later = await extend(made.id, { endsAt: "2026-11-23T06:00:00Z" });
    expect(await later.json()).toMatchObject({ endsAt: "2026-11-23T06:00:00Z" });
  });

  test("counts both of two at once, and only the first of two that saw the same end", async () => {
    const { id, etag } = await create();
    const both = await Promise.all([extend(id, { duration: "1h" }), extend(id, { duration: "4h" })]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const read = (await call<SilenceJson>("GET", `/silences/${id}`))[1];
    expect(read.endsAt).toBe("2026-11-22T20:20:00Z");
    expect((await extend(id, { duration: "1h" }, { "if-match": `"${etag}"` })).status).toBe(412);
    expect((await extend(id, { duration: "1h" }, { "if-match": `"${read.etag}"` })).status).toBe(200);
  });

  test("is by a duration or to an end, not both", async () => {
    const { id } = await create();
    const refusal = await extend(id, { duration: "1h", endsAt: "2026-11-22T18:00:00Z" });
    expect((await refusal.json()).errors).toEqual([
      { pointer: "/duration", detail: expect.stringMatching(/^must be left out where endsAt is given/) },
    ]);
  });

  test("is refused once it is over, and to an end that is past", async () => {
    const { id } = await create();
    const refusal = await extend(id, { endsAt: "2026-11-22T13:00:00Z" });
    expect([refusal.status, (await refusal.json()).errors[0].pointer]).toEqual([400, "/endsAt"]);
    expect((await extend(id, {})).status).toBe(400);
    expect((await extend(id, { duration: "1h", endsAt: "2026-11-23T00:00:00Z" })).status).toBe(400);
    now = new Date("2026-11-22T15:20:00Z");
    expect((await extend(id, { duration: "1h" })).status).toBe(409);
    expect((await extend("none", { duration: "1h" })).status).toBe(404);
  });
});

describe("replacing a silence", () => {
  const put = (id: string, sent: object, headers: Record<string, string> = {}) =>
    api.call("PUT", `/api/v1/silences/${id}`, { body: sent, headers });
  const recurrence = [{ weekdays: ["sunday"], times: [{ startTime: "02:00", endTime: "04:00" }] }];

  test("changes matchers, times, recurrence and reason, and names who did", async () => {
    const made = await create();
    now = new Date("2026-11-22T14:00:00Z");
    const changed = { matchers: ['datacenter="lon"'], endsAt: "2026-12-22T00:00:00Z", recurrence, reason: "Longer." };
    const answer = await put(made.id, changed);
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      {
        ...changed,
        id: made.id,
        // Without a start it keeps its own.
        startsAt: "2026-11-22T13:20:00Z",
        createdAt: made.createdAt,
        updatedBy: made.createdBy,
        extendedBy: null,
        state: "resting",
        etag: expect.not.stringMatching(made.etag),
      },
    ]);
    const later = await put(made.id, { ...changed, recurrence: null, startsAt: "2026-11-23T00:00:00Z" });
    expect(await later.json()).toMatchObject({ state: "pending", recurrence: null, startsAt: "2026-11-23T00:00:00Z" });
  });

  test("counts a duration from its start", async () => {
    const { id } = await create();
    now = new Date("2026-11-22T14:00:00Z");
    expect(await (await put(id, body({ duration: "4h" }))).json()).toMatchObject({ endsAt: "2026-11-22T17:20:00Z" });
  });

  test("is refused with 412 for whoever saw an earlier state", async () => {
    const { id, etag } = await create();
    const mine = await put(id, body({ reason: "Mine." }), { "if-match": `"${etag}"` });
    expect(mine.status).toBe(200);
    expect((await put(id, body({ reason: "Yours." }), { "if-match": `"${etag}"` })).status).toBe(412);
    expect((await call<SilenceJson>("GET", `/silences/${id}`))[1].reason).toBe("Mine.");
    const { etag: fresh } = await mine.json();
    expect((await put(id, body({ reason: "Yours." }), { "if-match": `"${fresh}"` })).status).toBe(200);
  });

  test("with what it has already changes nothing", async () => {
    const made = await create();
    const { matchers, startsAt, endsAt, reason } = made;
    expect(await (await put(made.id, { matchers, startsAt, endsAt, recurrence: null, reason })).json()).toEqual(made);
  });

  test.each([
    [{ reason: undefined }, "/reason"],
    [{ duration: undefined }, "/endsAt"],
    [{ duration: undefined, endsAt: "2026-11-22T13:00:00Z" }, "/endsAt"],
    [{ matchers: ['team=~".*"'] }, "/matchers"],
    [{ identity: "x" }, "/identity"],
  ])("with %j is refused at %s, and it stays as it was", async (more, pointer) => {
    const made = await create();
    const refusal = await put(made.id, body(more));
    expect([refusal.status, (await refusal.json()).errors[0].pointer]).toEqual([400, pointer]);
    expect((await call("GET", `/silences/${made.id}`))[1]).toEqual(made);
  });

  test("is refused once it is over, and for one that does not exist", async () => {
    const { id } = await create();
    expect((await put("none", body())).status).toBe(404);
    now = new Date("2026-11-22T15:20:00Z");
    expect((await put(id, body({ duration: "24h" }))).status).toBe(409);
  });
});

test("each act on a silence is in the timeline of the incidents that it mutes, and they find it", async () => {
  const sql = db.database.sql;
  const at = "2026-11-22T13:00:00Z";
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO incident (cause_key, cause, title, severity, state, since, opened_at, changed_at)
     SELECT key, '{}', 'x', 'page', 'open', $1, $1, $1 FROM unnest('{ams,lon}'::text[]) key RETURNING id::text`,
    [at],
  );
  for (const [index, datacenter] of ["ams", "lon"].entries())
    await sql.query(
      `INSERT INTO alert (fingerprint, rule, labels, severity, state, firing_since, changed_at, evaluated_at, incident_id)
       VALUES ($1, 'late', $2, 'page', 'firing', $3, $3, $3, $4)`,
      [datacenter, JSON.stringify({ alertname: "late", datacenter }), at, rows[index]?.id],
    );
  const { id, createdBy } = await create();
  await call("POST", `/silences/${id}/extend`, { duration: "1h" });
  expect((await list(`?incident=${rows[0]?.id}`)).items.map((silence) => silence.id)).toEqual([id]);
  const muted = async () => {
    const { items } = (await call<{ items: ListedAlertJson[] }>("GET", "/alerts"))[1];
    return Object.fromEntries(items.map((alert) => [alert.datacenter, alert.muted]));
  };
  expect(await muted()).toEqual({ ams: "silenced", lon: null });
  expect((await list(`?incident=${rows[1]?.id}`)).items).toEqual([]);
  // A newer one of other alerts takes no place on the page.
  await create({ matchers: ['datacenter="fra"'] });
  expect(await list(`?incident=${rows[0]?.id}&limit=1`)).toMatchObject({ items: [{ id }], nextCursor: null });
  await call("PUT", `/silences/${id}`, body({ matchers: ['datacenter="lon"'], duration: "3h", reason: "Power." }));
  await call("DELETE", `/silences/${id}`);
  await call("DELETE", `/silences/${id}`);
  expect(await muted()).toEqual({ ams: null, lon: null });
  const events = await sql.query(
    "SELECT incident_id::text AS incident, kind, actor, message FROM incident_event ORDER BY id",
  );
  const [ams, lon] = rows.map((row) => row.id);
  const line = (kind: string, message: string, incident = ams) => ({ incident, kind, actor: createdBy, message });
  const changed = 'Silence changed: matches datacenter="lon"; reason: Power.';
  expect(events.rows).toEqual([
    line("silenced", "Silenced 2026-11-22T13:20:00Z to 2026-11-22T15:20:00Z: New switches."),
    line("silence_extended", "Silence moved from 2026-11-22T15:20:00Z to end at 2026-11-22T16:20:00Z."),
    line("silence_changed", changed),
    line("silence_changed", changed, lon),
    line("silence_ended", "Silence ended.", lon),
  ]);
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
    expect(seen.next).toEqual([]);
    const [, ending] = await preview({ matchers: ['datacenter="ams"'], recurrence, endsAt: "2026-12-20T00:00:00Z" });
    expect(ending.next).toEqual(
      [29, 36, 43].map((day) => ({
        startsAt: new Date(Date.UTC(2026, 10, day, 2)).toISOString().replace(".000", ""),
        endsAt: new Date(Date.UTC(2026, 10, day, 4)).toISOString().replace(".000", ""),
      })),
    );
  });

  test("of matchers that cannot be read is refused at their place", async () => {
    const [status, problem] = await preview({ matchers: ['datacenter=~"("'] });
    expect([status, problem]).toMatchObject([400, { errors: [{ pointer: "/matchers/0" }] }]);
  });
});

describe("a recurrence of very many intervals", () => {
  const recurrence = Array.from({ length: 1_000 }, () => ({ times: [{ startTime: "02:00", endTime: "04:00" }] }));

  test.each(["/silences", "/silences/preview"])("is refused by POST %s", async (path) => {
    const [status, problem] = await call<{ errors: object[] }>("POST", path, body({ recurrence }));
    expect([status, problem.errors]).toEqual([
      400,
      [{ pointer: "/recurrence", detail: expect.stringMatching(/^must hold at most 50 time intervals/) }],
    ]);
  });

  test("stays readable where it was stored before the limit", async () => {
    const { id } = await create({ duration: "24h" });
    await db.database.sql.query("UPDATE silence SET recurrence = $1", [JSON.stringify(recurrence)]);
    expect((await call<SilenceJson>("GET", `/silences/${id}`))[1]).toMatchObject({
      state: "resting",
      next: [{ startsAt: "2026-11-23T02:00:00Z", endsAt: "2026-11-23T04:00:00Z" }],
    });
  });
});
