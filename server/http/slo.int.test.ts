import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  SloAttainmentJson,
  SloCalendarJson,
  SloExcuseJson,
  SloExcusePreviewJson,
  SloItemJson,
  SloMonthsJson,
  SloSnapshotJson,
} from "#domain/api/slo.ts";
import { rollUpSlo } from "#server/slo/roll-up-slo.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type ExpectedHour, readExpectedHours } from "#test/flights.ts";
import { januaryEndsAt, januaryPromise, loadJanuary } from "#test/load-january.ts";
import { rollUpAll } from "#test/slo.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";

// January 2001 once more, from the figures that an independent program computed: nothing of Tidemark's is used to make them.
const expected = readExpectedHours().map((hour) => ({ ...hour, lastDatacenter: hour.lastDatacenter.trim() }));
const isLate = (hour: ExpectedHour) => hour.closingDelaySeconds > 3_600;
const sum = (hours: ExpectedHour[]) => hours.reduce((total, { produced }) => total + produced, 0);
const frozenAt = "2001-02-03T00:00:00Z";
/** Never written to once loaded: copied. */
let january: TestDatabase;
let frozen: TestDatabase;
let clock: ManualClock;
let test: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  january = await createTestDatabase();
  await loadJanuary(january.database);
  await january.database.close();
  frozen = await createTestDatabase(january.name);
  await rollUpAll({ test: frozen, clock: new ManualClock(frozenAt) });
  await frozen.database.close();
});
afterAll(async () => {
  await january.drop();
  await frozen.drop();
});

async function begin(template: TestDatabase, now: string): Promise<void> {
  test = await createTestDatabase(template.name);
  clock = new ManualClock(now);
  const { database } = test;
  api = openTestApi(database, { now: () => clock.now() });
}
const beginInJanuary = () => begin(january, januaryEndsAt);
const beginFrozen = () => begin(frozen, frozenAt);
async function end(): Promise<void> {
  await api.close();
  await test.drop();
}

async function get<Body>(path: string): Promise<Body> {
  const answer = await api.call("GET", `/api/v1/slo${path}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Body;
}

describe("January of the flights", () => {
  beforeAll(beginInJanuary);
  afterAll(end);

  it("is what the test counts on: 216 of 2,232 hours miss 60 minutes", () => {
    expect([expected.length, expected.filter(isLate).length]).toEqual([2_232, 216]);
  });

  it("attainment and budget of the tier, by hours and weighted by events", async () => {
    const { items, period, pendingDays } = await get<SloAttainmentJson>("/attainment?month=2001-01");
    expect(period).toEqual({ kind: "month", name: "2001-01", from: "2001-01-01", to: "2001-02-01", frozen: false });
    expect(pendingDays).toBe(0);
    const tier = items.find(({ scope, name }) => scope === "tier" && name === "high");
    const late = expected.filter(isLate);
    expect(tier).toMatchObject({
      types: 3,
      hours: { promised: 2_232, due: 2_232, excused: 0, undecided: 0 },
      timeliness: {
        objective: januaryPromise,
        status: "missed",
        hours: {
          counted: 2_232,
          good: 2_016,
          bad: 216,
          attainment: 2_016 / 2_232,
          budget: { allowed: 111.6, spent: 216, remaining: expect.closeTo(1 - 216 / 111.6, 8) },
        },
        events: {
          counted: sum(expected),
          bad: sum(late),
          attainment: expect.closeTo(1 - sum(late) / sum(expected), 12),
        },
      },
      completeness: {
        status: "met",
        hours: { counted: 2_232, bad: 0, attainment: 1 },
        events: { counted: sum(expected), bad: 0 },
      },
      skew: { objective: null, status: "no_objective", events: { counted: sum(expected), bad: 0 } },
    });
  });

  it("answers the same for each type in JSON and in CSV", async () => {
    const { items } = await get<SloAttainmentJson>("/attainment?month=2001-01");
    const answer = await api.call("GET", "/api/v1/slo/attainment?month=2001-01", { headers: { accept: "text/csv" } });
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [header = "", ...lines] = (await answer.text()).trim().split("\r\n");
    const column = (line: string, name: string) => line.split(",")[header.split(",").indexOf(name)];
    for (const eventType of ["LongHaul", "MediumHaul", "ShortHaul"]) {
      const hours = expected.filter((hour) => hour.eventType === eventType);
      const bad = hours.filter(isLate).length;
      const item = items.find(({ scope, name }) => scope === "eventType" && name === eventType);
      expect(item?.timeliness.hours).toMatchObject({ counted: 744, bad, budget: { allowed: 37.2, spent: bad } });
      const line = lines.find((each) => column(each, "name") === eventType) ?? "";
      expect([column(line, "timeliness_hours_counted"), column(line, "timeliness_hours_bad")]).toEqual([
        "744",
        String(bad),
      ]);
      expect(Number(column(line, "timeliness_hours_attainment"))).toBe(1 - bad / 744);
      expect(Number(column(line, "timeliness_hours_budget_allowed"))).toBe(37.2);
    }
    expect(lines).toHaveLength(items.length);
  });

  it.each(["", "&tier=high", "&eventType=ShortHaul"])(
    "day by day%s, with the budget as it burns down",
    async (scope) => {
      const { days, total } = await get<SloCalendarJson>(`/calendar?month=2001-01${scope}`);
      const hours = expected.filter(({ eventType }) => !scope.includes("eventType") || eventType === "ShortHaul");
      let spent = 0;
      const independent = Array.from({ length: 31 }, (_, index) => {
        const day = `2001-01-${String(index + 1).padStart(2, "0")}`;
        const ofDay = hours.filter(({ hour }) => hour.startsWith(day));
        const missed = ofDay.filter(isLate).length;
        spent += missed;
        const budgetRemaining = expect.closeTo(1 - spent / ((1 - januaryPromise) * hours.length), 6);
        return {
          day,
          due: ofDay.length,
          met: ofDay.length - missed,
          missed,
          attainment: 1 - missed / ofDay.length,
          budgetRemaining,
        };
      });
      expect(days).toMatchObject(
        independent.map((day) => ({ ...day, attainment: expect.closeTo(day.attainment, 12) })),
      );
      expect(total.timeliness.hours.counted).toBe(hours.length);
    },
  );

  it("who closed last in the hours that were late", async () => {
    const { rows } = await test.database.sql.query<{ datacenter: string; hours: bigint }>(
      "SELECT datacenter, sum(hours) AS hours FROM slo_cause WHERE day < '2001-02-01Z' GROUP BY 1 ORDER BY 1",
    );
    const names = [...new Set(expected.filter(isLate).map(({ lastDatacenter }) => lastDatacenter))].sort();
    const independent = names.map((datacenter) => ({
      datacenter,
      hours: BigInt(expected.filter((hour) => isLate(hour) && hour.lastDatacenter === datacenter).length),
    }));
    expect(rows).toEqual(independent);
  });

  it("is the last but one of 13 months, the earlier ones empty", async () => {
    const { items } = await get<SloMonthsJson>("/months?month=2001-02");
    expect(items.map(({ period }) => period.name).slice(-3)).toEqual(["2000-12", "2001-01", "2001-02"]);
    expect(items).toHaveLength(13);
    expect(items.at(-2)?.total.timeliness.hours).toMatchObject({ counted: 2_232, bad: 216 });
    expect(items.at(0)?.total.timeliness.hours).toMatchObject({ counted: 0, attainment: null });
  });

  it("28 days end with today, and hours that are not due do not count", async () => {
    const { period, total } = await get<SloAttainmentJson>("/attainment?window=28d");
    expect(period).toMatchObject({ kind: "rolling", from: "2001-01-06", to: "2001-02-03", frozen: false });
    const { rows } = await test.database.sql.query<{ due: number; met: number }>(
      `SELECT count(*)::int AS due, count(*) FILTER (WHERE closed_at <= deadline_at)::int AS met FROM verdict
        WHERE hour >= '2001-01-06Z' AND deadline_at < $1`,
      [clock.now()],
    );
    expect(total.hours.promised).toBe(28 * 72);
    expect(total.timeliness.hours).toMatchObject({ counted: rows[0]?.due, good: rows[0]?.met });
  });
});

describe("what cannot be asked", () => {
  beforeAll(beginInJanuary);
  afterAll(end);

  it.each([
    ["/attainment?month=2001-13", 400, "month"],
    ["/attainment?window=7d", 400, "window"],
    ["/attainment?window=28d&month=2001-01", 400, "window"],
    ["/calendar?month=january", 400, "month"],
    ["/months?month=1", 400, "month"],
    ["/restatements?month=2001", 400, "month"],
    ["/excuses?month=2001", 400, "month"],
    ["/attainment?tier=gold", 404, null],
    ["/attainment?owner=nobody", 404, null],
    ["/calendar?eventType=NoHaul", 404, null],
  ])("%s → %d", async (path, status, parameter) => {
    const answer = await api.call("GET", `/api/v1/slo${path}`);
    const problem = (await answer.json()) as { status: number; errors?: { parameter: string }[] };
    expect([problem.status, problem.errors?.[0]?.parameter ?? null]).toEqual([status, parameter]);
  });

  it("pages of items go on where the one before ended", async () => {
    const first = await get<SloAttainmentJson>("/attainment?month=2001-01&limit=3");
    const second = await get<SloAttainmentJson>(`/attainment?month=2001-01&limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      "high",
      "LongHaul",
      "MediumHaul",
      "ShortHaul",
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it.each([
    ["text/csv", "text/csv; charset=utf-8"],
    ["application/json, text/csv;q=0.5", "application/json"],
    ["*/*", "application/json"],
  ])("Accept: %s → %s", async (accept, type) => {
    const answer = await api.call("GET", "/api/v1/slo/attainment?month=2001-01", { headers: { accept } });
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("vary")).toContain("Accept");
  });
});

describe("excuses, after the month was frozen", () => {
  const readJanuary = () =>
    get<SloAttainmentJson>("/attainment?month=2001-01&eventType=ShortHaul").then(({ total }) => total);
  const restatements = () => get<{ items: Record<string, unknown>[] }>("/restatements?month=2001-01");
  const worst = expected.filter((hour) => hour.eventType === "ShortHaul" && isLate(hour));
  const [first] = worst;
  const bad = worst.length;
  const from = first?.hour ?? "";
  const to = new Date(Date.parse(`${from}:00:00Z`) + 3_600_000).toISOString().slice(0, 13);
  let before: SloItemJson;

  beforeEach(async () => {
    await beginFrozen();
    before = await readJanuary();
  });
  afterEach(end);

  async function excuse(): Promise<{ id: string }> {
    const made = await api.call("POST", "/api/v1/slo/excuses", {
      body: { eventTypes: ["ShortHaul"], from, to, reason: "Announced maintenance." },
    });
    expect(made.status).toBe(201);
    await rollUpAll({ test, clock });
    return (await made.json()) as { id: string };
  }

  it("the month is frozen as it stood", () => {
    expect(before).toMatchObject({ frozenAt: "2001-02-03T00:00:00Z", restated: false, asFrozen: null });
    expect(before.timeliness.hours).toMatchObject({ counted: 744, bad });
  });

  it("an excused hour counts neither for nor against, and the month shows its restatement, with author and reason", async () => {
    expect(await excuse()).toMatchObject({ scope: "ShortHaul", from, to, createdBy: "admin", revokedAt: null });
    expect(await readJanuary()).toMatchObject({
      restated: true,
      asFrozen: { timeliness: before.timeliness.hours.attainment },
      hours: { excused: 1, due: 743 },
      timeliness: { hours: { counted: 743, bad: bad - 1 } },
    });
    expect((await restatements()).items).toMatchObject([
      {
        eventTypes: ["ShortHaul"],
        month: "2001-01",
        days: [from.slice(0, 10)],
        causes: [{ cause: "excuse", by: "admin", why: "Announced maintenance." }],
        before: { due: 744, excused: 0 },
        after: { due: 743, excused: 1 },
      },
    ]);
  });

  it("revoked → it counts again, and both stay to be read; revoked twice → 409", async () => {
    const { id } = await excuse();
    const revoke = (query: string) => api.call("DELETE", `/api/v1/slo/excuses/${id}${query}`);
    expect((await revoke("")).status).toBe(400);
    expect((await revoke("?reason=It%20was%20not%20announced.")).status).toBe(204);
    expect((await revoke("?reason=again")).status).toBe(409);
    await rollUpAll({ test, clock });
    expect(await readJanuary()).toMatchObject({ restated: false, timeliness: { hours: { counted: 744, bad } } });
    expect((await restatements()).items).toMatchObject([
      { causes: [{ cause: "excuse_revoked", by: "admin", why: "It was not announced." }] },
      { causes: [{ cause: "excuse" }] },
    ]);
    const { items } = await get<{ items: unknown[] }>("/excuses?month=2001-01");
    expect(items).toMatchObject([{ id, revokedBy: "admin", revokeReason: "It was not announced." }]);
  });
});

describe("an excuse of a tier", () => {
  beforeEach(beginFrozen);
  afterEach(end);

  // 30 hours of three types on two days.
  const body = { tier: "high", from: "2001-01-10T00", to: "2001-01-11T06", reason: "Agreed with everyone." };
  const late = expected.filter((hour) => hour.hour >= body.from && hour.hour < body.to && isLate(hour));
  const tierOf = (items: readonly SloItemJson[]) => items.find(({ scope }) => scope === "tier");

  it("is previewed: the hours, and what the month would come to, as it then does", async () => {
    const answer = await api.call("POST", "/api/v1/slo/excuses?dryRun=true", { body });
    const preview = (await answer.json()) as SloExcusePreviewJson;
    expect(preview).toMatchObject({
      eventTypes: ["LongHaul", "MediumHaul", "ShortHaul"],
      hourCount: 90,
      lateHours: late.length,
      incompleteHours: 0,
      needsApproval: false,
    });
    expect(preview.hours.map(({ eventType, hour }) => `${eventType} ${hour}`).sort()).toEqual(
      late.map(({ eventType, hour }) => `${eventType} ${hour}`).sort(),
    );
    const before = tierOf((await get<SloAttainmentJson>("/attainment?month=2001-01")).items);
    expect((await get<{ items: unknown[] }>("/restatements?month=2001-01")).items).toEqual([]);
    expect((await api.call("POST", "/api/v1/slo/excuses", { body })).status).toBe(201);
    await rollUpAll({ test, clock });
    const after = tierOf((await get<SloAttainmentJson>("/attainment?month=2001-01")).items);
    const [month] = preview.months;
    expect(month).toMatchObject({ month: "2001-01", frozen: true });
    for (const measure of ["timeliness", "completeness"] as const)
      expect(month?.tiers.find((tier) => tier.measure === measure)).toMatchObject({
        before: { attainment: before?.[measure].hours.attainment, status: before?.[measure].status },
        after: { attainment: after?.[measure].hours.attainment, status: after?.[measure].status },
      });
  });

  it.each(["from", "to"])("what is not an hour is refused at /%s", async (member) => {
    const answer = await api.call("POST", "/api/v1/slo/excuses", { body: { ...body, [member]: "2001-01-11T25" } });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: `/${member}` }] });
  });

  it("is one restatement, of 30 hours of three types on two days, also in batches", async () => {
    expect((await api.call("POST", "/api/v1/slo/excuses", { body })).status).toBe(201);
    const ctx = workerContext(test.database, clock);
    while ((await rollUpSlo({ ctx, input: { limit: 1 } })) > 0);
    const { items } = await get<{ items: unknown[] }>("/restatements?month=2001-01");
    expect(items).toMatchObject([
      {
        eventTypes: ["LongHaul", "MediumHaul", "ShortHaul"],
        days: ["2001-01-10", "2001-01-11"],
        causes: [{ cause: "excuse", why: "Agreed with everyone." }],
        before: { due: 2_232, excused: 0 },
        after: { due: 2_142, excused: 90 },
      },
    ]);
    const { items: months } = await get<SloMonthsJson>("/months?month=2001-01");
    expect(months.at(-1)?.restatements).toBe(1);
  });

  it("a month that excuses take whole says excused, and is compared with nothing", async () => {
    const whole = { ...body, from: "2001-01-01T00", to: "2001-02-01T00" };
    expect((await api.call("POST", "/api/v1/slo/excuses", { body: whole })).status).toBe(201);
    await rollUpAll({ test, clock });
    const { items, total } = await get<SloAttainmentJson>("/attainment?month=2001-01");
    expect([tierOf(items)?.timeliness.status, total.timeliness.status]).toEqual(["excused", "excused"]);
    expect((await get<{ answer: string }>("/digest?month=2001-01")).answer).toBe(
      "January 2001, high tier: all hours excused.",
    );
    const { total: february } = await get<SloAttainmentJson>("/attainment?month=2001-02");
    expect(february.timeliness.change).toBeNull();
  });

  it("that needs approval is in force once a second person approves it", async () => {
    await api.close();
    api = openTestApi(test.database, { now: () => clock.now(), excusesNeedApproval: true });
    const make = async (name: string) => {
      const made = await api.call("POST", "/api/v1/tokens", { body: { name, scopes: ["read", "respond"] } });
      return ((await made.json()) as { token: string }).token;
    };
    const [ann, bob] = [await make("ann"), await make("bob")];
    const made = await api.call("POST", "/api/v1/slo/excuses", { body, token: ann });
    const excuse = (await made.json()) as SloExcuseJson;
    expect(excuse).toMatchObject({ state: "pending", createdBy: "ann", approvedAt: null });
    await rollUpAll({ test, clock });
    const excused = async () => (await get<SloAttainmentJson>("/attainment?month=2001-01")).total.hours.excused;
    expect(await excused()).toBe(0);
    const approve = (token: string, etag = excuse.etag) =>
      api.call("POST", `/api/v1/slo/excuses/${excuse.id}/approval`, { token, headers: { "if-match": `"${etag}"` } });
    const refused = await approve(ann);
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
      409,
      "You created this excuse as ann. Another person has to approve it.",
    ]);
    expect((await approve(bob, "AAAAAAAAAAAAAAAAAAAAAA")).status).toBe(412);
    expect(await (await approve(bob)).json()).toMatchObject({ state: "active", approvedBy: "bob" });
    await rollUpAll({ test, clock });
    expect(await excused()).toBe(90);
    expect((await approve(bob)).status).toBe(412);
    expect((await api.call("POST", `/api/v1/slo/excuses/${excuse.id}/approval`, { token: bob })).status).toBe(409);
  });

  it("is offered where a silence announced maintenance", async () => {
    const [worst] = expected.filter(isLate);
    const hour = worst?.hour ?? "";
    const startsAt = `${hour}:00:00Z`;
    const end = new Date(Date.parse(startsAt) + 3_600_000).toISOString();
    await test.database.sql.query(
      "INSERT INTO silence (id, matchers, starts_at, ends_at, reason, created_by, created_at) VALUES (gen_random_uuid(), $1, $2, $3, 'Planned move', 'ann', $2)",
      [JSON.stringify(['tier="high"']), startsAt, end],
    );
    const { items } = await get<{ items: unknown[] }>("/excuse-suggestions?month=2001-01");
    const then = expected.filter((each) => each.hour === hour && isLate(each));
    expect(items).toMatchObject([
      {
        from: hour,
        to: end.slice(0, 13),
        reason: "Planned move",
        eventTypes: then.map(({ eventType }) => eventType).sort(),
        lateHours: then.length,
      },
    ]);
  });
});

describe("a frozen link", () => {
  beforeEach(beginFrozen);
  afterEach(end);

  const share = async () => {
    const answer = await api.call("POST", "/api/v1/slo/snapshots", { body: { month: "2001-01" } });
    expect(answer.status).toBe(201);
    return (await answer.json()) as SloSnapshotJson;
  };

  it("keeps what was reported, and lists what was restated since", async () => {
    const shared = await share();
    expect(await share()).toEqual(shared);
    expect([shared.changed, shared.restatements]).toEqual([[], []]);
    clock.set("2001-02-05T00:00:00Z");
    const body = { tier: "high", from: "2001-01-01T00", to: "2001-02-01T00", reason: "Agreed with everyone." };
    expect((await api.call("POST", "/api/v1/slo/excuses", { body })).status).toBe(201);
    await rollUpAll({ test, clock });
    const later = await get<SloSnapshotJson>(`/snapshots/${shared.id}`);
    expect([later.total, later.tiers]).toEqual([shared.total, shared.tiers]);
    expect(later.changed).toContainEqual({
      name: "high",
      measure: "timeliness",
      reported: { attainment: shared.tiers[0]?.timeliness.hours.attainment, status: "missed" },
      now: { attainment: null, status: "excused" },
    });
    expect(later.restatements).toMatchObject([{ causes: [{ why: "Agreed with everyone." }] }]);
    expect((await share()).id).not.toBe(shared.id);
  });

  it.each([
    ["2001-02", 400],
    ["2001-03", 404],
    ["soon", 400],
  ])("of %s → %i", async (month, status) => {
    expect((await api.call("POST", "/api/v1/slo/snapshots", { body: { month } })).status).toBe(status);
  });

  it("of an unknown id → 404", async () => {
    expect((await api.call("GET", "/api/v1/slo/snapshots/none")).status).toBe(404);
  });
});

describe("a month that has not begun", () => {
  beforeAll(beginFrozen);
  afterAll(end);

  it.each(["attainment", "months", "calendar", "restatements", "excuses", "digest", "excuse-suggestions"])(
    "GET /slo/%s → 404",
    async (path) => {
      const answer = await api.call("GET", `/api/v1/slo/${path}?month=2001-03`);
      expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
        404,
        "March 2001 has not begun. Ask for 2001-02 or a month before it.",
      ]);
    },
  );
});

it("CSV begins with a byte order mark on request", async () => {
  await beginFrozen();
  const answer = await api.call("GET", "/api/v1/slo/attainment?month=2001-01&format=csv&bom=true");
  expect([...new Uint8Array(await answer.arrayBuffer()).slice(0, 6)]).toEqual([0xef, 0xbb, 0xbf, 0x70, 0x65, 0x72]);
  await end();
});

describe("what cannot be excused", () => {
  beforeAll(beginFrozen);
  afterAll(end);

  it.each([
    ["no reason", { eventTypes: ["ShortHaul"], reason: " " }, "/reason"],
    ["types and a tier", { eventTypes: ["ShortHaul"], tier: "high" }, ""],
    ["neither", {}, ""],
    ["an unknown type", { eventTypes: ["ShortHaul", "NoHaul"] }, "/eventTypes/1"],
    ["a tier of nobody", { tier: "low" }, "/tier"],
    ["an end before its start", { tier: "high", to: "2001-01-01T00" }, "/to"],
    ["half a year", { tier: "high", to: "2001-07-01T00" }, "/to"],
  ])("%s → 400", async (_what, change, pointer) => {
    const body = { from: "2001-01-02T00", to: "2001-01-02T04", reason: "maintenance", ...change };
    const answer = await api.call("POST", "/api/v1/slo/excuses", { body });
    expect(await answer.json()).toMatchObject({ status: 400, errors: [{ pointer }] });
  });
});

describe("OpenSLO", () => {
  beforeEach(beginFrozen);
  afterEach(end);

  const yaml = { "content-type": "application/yaml" };
  const exported = async () => (await api.call("GET", "/api/v1/slo/openslo")).text();

  it("what is exported imports to no change", async () => {
    const text = await exported();
    expect(text).toContain("apiVersion: openslo/v1");
    expect(text.match(/^kind: SLO$/gm)).toHaveLength(2);
    const answer = await api.call("POST", "/api/v1/slo/openslo", { body: text, headers: yaml });
    expect(await answer.json()).toMatchObject({
      applied: false,
      changes: [{ kind: "Tier", name: "high", action: "unchanged" }],
    });
  });

  const otherTarget = async () => (await exported()).replace("target: 0.95", "targetPercent: 97.5");

  it("another target changes this objective and nothing else of the tier", async () => {
    const text = await otherTarget();
    const dry = await api.call("POST", "/api/v1/slo/openslo?dryRun=true", { body: text, headers: yaml });
    const change = { changes: [{ name: "high", fields: [{ field: "objective", from: 0.95, to: 0.975 }] }] };
    expect(await dry.json()).toMatchObject({ ...change, applied: false });
    const answer = await api.call("POST", "/api/v1/slo/openslo", { body: text, headers: yaml });
    expect(await answer.json()).toMatchObject({ ...change, applied: true });
    expect(await exported()).toContain("target: 0.975");
  });

  it("a frozen month keeps the objective that it was frozen with", async () => {
    const imported = await api.call("POST", "/api/v1/slo/openslo", { body: await otherTarget(), headers: yaml });
    expect(await imported.json()).toMatchObject({ applied: true });
    const { total } = await get<SloAttainmentJson>("/attainment?month=2001-01&tier=high");
    expect(total.timeliness.objective).toBe(januaryPromise);
    const february = await get<SloAttainmentJson>("/attainment?month=2001-02&tier=high");
    expect(february.total.timeliness.objective).toBe(0.975);
  });

  it("faults → 400 with pointer and line, and nothing is changed", async () => {
    const text = (await exported()).replaceAll("tidemark/tier: high", "tidemark/tier: gold");
    const answer = await api.call("POST", "/api/v1/slo/openslo", { body: text, headers: yaml });
    expect(await answer.json()).toMatchObject({ status: 400, errors: [{ pointer: "/0/metadata/annotations" }, {}] });
  });
});
