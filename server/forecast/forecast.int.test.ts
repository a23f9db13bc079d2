import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { askNow, fitModel, seeNow } from "#domain/forecast.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Message, parseEvent } from "#domain/protocol.ts";
import { readBoard } from "#server/board/read-board.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { readVerdict } from "#server/verdicts/read-verdict.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { readFlightEvents } from "#test/flights.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { ReplayedFacts } from "#test/replayed-facts.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { fitForecast, readFitNeed } from "./fit-forecast.ts";
import { loadForecastFacts } from "./load-forecast-facts.ts";
import { loadHistory } from "./load-history.ts";
import { loadModel } from "./load-model.ts";
import { refreshForecasts } from "./refresh-forecasts.ts";

const datacenters = ["midwest", "northeast", "south-atlantic", "south-central", "west"];
const eventTypes = ["LongHaul", "MediumHaul", "ShortHaul"];
const start = "2001-01-01T00:00:00Z";
const hourMs = 3_600_000;
const clock = new ManualClock(start);
const messages = readFlightEvents().map(parsed);
const ctx = () => workerContext(test0.database, clock);
let test0: TestDatabase;
let next: number;

beforeEach(async () => {
  test0 = await createTestDatabase();
  next = 0;
  clock.set(start);
  await claimForTest(test0.database.sql, { datacenters, eventTypes, activeFrom: start });
});
afterEach(() => test0.drop());

describe("facts", () => {
  test("from the database and from the messages replayed are the same, and so is what is asked and answered", async () => {
    const fleet = {
      types: eventTypes.map((eventType) => ({ eventType, tier: "high", deadlineMs: hourMs, datacenters })),
      fromMs: Date.parse(start),
      toMs: Date.parse("2001-01-08T00:00:00Z"),
    };
    const replay = new ReplayedFacts(fleet, messages);
    for (const at of ["2001-01-01T18:00:00Z", "2001-01-02T22:37:00Z", "2001-01-03T03:15:00Z", "2001-01-03T19:45:00Z"]) {
      await liveUntil(at);
      const { facts } = await loadForecastFacts(test0.database.sql, clock.now());
      const replayed = replay.facts(Date.parse(at));
      expect(facts.closings).toEqual(replayed.closings);
      expect(facts.watermarks).toEqual(replayed.watermarks);
      expect(seeNow(facts)).toEqual(seeNow(replayed));
      const history = await loadHistory(test0.database.sql, clock.now());
      expect(history.closings).toEqual(replay.closings(fleet.fromMs, replayed.closings.fromMs + 13 * hourMs));
      const fitted = fitModel(history);
      if (!fitted) throw new Error("nothing learned");
      expect(askNow(facts, seeNow(facts), fitted.model)).toEqual(askNow(replayed, seeNow(replayed), fitted.model));
    }
  });

  test("a backlog is read where it is fresh: the oldest of its stages, and one that was said for all datacenters", async () => {
    await liveUntil("2001-01-01T02:00:00Z");
    await test0.database.sql.query(
      `INSERT INTO backlog (event_type_id, datacenter_id, stage, oldest_age_seconds, observed_at)
       SELECT t.id, coalesce(d.id, 0), b.stage, b.age, b.at
         FROM (VALUES ('LongHaul', 'west', 2, 60, '2001-01-01T01:58:00Z'::timestamptz),
                      ('LongHaul', 'west', 3, 600, '2001-01-01T01:59:00Z'),
                      ('LongHaul', NULL, 3, 30, '2001-01-01T01:59:00Z'),
                      ('ShortHaul', 'west', 3, 900, '2001-01-01T01:30:00Z')) b(type, dc, stage, age, at)
         JOIN event_type t ON t.name = b.type LEFT JOIN datacenter d ON d.name = b.dc`,
    );
    const { facts } = await loadForecastFacts(test0.database.sql, clock.now());
    expect(facts.backlogs).toEqual(
      new Map([
        [
          "LongHaul",
          new Map([
            ["west", 600_000],
            ["", 30_000],
          ]),
        ],
      ]),
    );
  });

  test("an hour that no one will close, its deadline a week ago, is no longer asked about", async () => {
    await liveUntil("2001-01-01T02:00:00Z");
    clock.set("2001-01-09T02:30:00Z");
    await judgeAll(ctx());
    const { facts } = await loadForecastFacts(test0.database.sql, clock.now());
    const oldest = Math.min(...facts.unclosed.map(({ hourStartMs }) => hourStartMs));
    expect(new Date(oldest)).toEqual(new Date("2001-01-02T01:00:00Z"));
  });
});

describe("fitForecast", () => {
  test("learns nothing before an hour is closed; then there is no forecast, and nothing fails", async () => {
    expect((await readFitNeed({ ctx: ctx() })).due).toBe(false);
    expect(await fitForecast({ ctx: ctx() })).toBeNull();
    expect(await refreshForecasts({ ctx: ctx() })).toEqual({ hours: 0, stored: null });
  });

  test("is due with the first closed hour, when history has grown, and after an hour", async () => {
    await liveUntil("2001-01-01T12:00:00Z");
    expect((await readFitNeed({ ctx: ctx() })).due).toBe(true);
    expect(await fitForecast({ ctx: ctx() })).toEqual({ rows: expect.any(Number), heldOut: null });
    expect((await readFitNeed({ ctx: ctx() })).due).toBe(false);
    clock.set("2001-01-01T13:00:00Z");
    expect((await readFitNeed({ ctx: ctx() })).due).toBe(true);
    await fitForecast({ ctx: ctx() });
    // An import: the clock hardly moves, and days of history arrive.
    await ingestUntil("2001-01-03T13:00:00Z");
    clock.set("2001-01-03T13:00:00Z");
    await judgeAll(ctx());
    await test0.database.sql.query("UPDATE forecast_model SET fitted_at = $1", [clock.now()]);
    expect((await readFitNeed({ ctx: ctx() })).due).toBe(true);
  });

  test("stores what the pure fit learns from the same history, with how well it did on what was held out", async () => {
    await liveUntil("2001-01-04T00:00:00Z");
    const fitted = await fitForecast({ ctx: ctx() });
    const stored = await loadModel(test0.database, null);
    const history = await loadHistory(test0.database.sql, clock.now());
    expect(stored).toEqual({ fittedAt: clock.now(), model: fitModel(history)?.model });
    const { rows } = await test0.database.sql.query(
      "SELECT training_rows, held_out_questions, held_out_brier FROM forecast_model",
    );
    expect(fitted?.heldOut?.questions).toBeGreaterThan(40);
    expect(rows).toEqual([
      {
        training_rows: fitted?.rows,
        held_out_questions: fitted?.heldOut?.questions,
        held_out_brier: fitted?.heldOut?.brier,
      },
    ]);
  });

  test("keeps its samples, uses them, and forgets what is older than its history", async () => {
    for (const at of everyQuarter("2001-01-01T17:00:00Z", "2001-01-01T21:00:00Z")) {
      await liveUntil(at);
      await refreshForecasts({ ctx: ctx() });
    }
    const { samples } = await loadHistory(test0.database.sql, clock.now());
    expect(samples.length).toBeGreaterThan(30);
    expect(samples.some(({ lanes }) => lanes.some(({ signs }) => (signs.undelivered ?? 0) > 0))).toBe(true);
    await fitForecast({ ctx: ctx() });
    const stored = await loadModel(test0.database, null);
    expect(stored?.model.coefficients.slice(3).some((each) => each !== 0)).toBe(true);
    clock.set("2001-03-01T00:00:00Z");
    await judgeAll(ctx());
    await fitForecast({ ctx: ctx() });
    const { rows } = await test0.database.sql.query<{ count: bigint }>("SELECT count(*) FROM forecast_sample");
    expect(rows[0]?.count).toBe(0n);
  });
});

describe("refreshForecasts", () => {
  test("says of every unclosed hour and of no other when it will close", async () => {
    await liveUntil("2001-01-03T19:30:00Z");
    await fitForecast({ ctx: ctx() });
    const { hours } = await refreshForecasts({ ctx: ctx() });
    const rows = await readForecasts();
    expect(rows.length).toBe(hours);
    expect(rows.map(({ key }) => key)).toEqual(await readUnclosed());
    for (const row of rows) {
      expect(row.p).toBeGreaterThan(0);
      expect(row.p50.getTime()).toBeGreaterThanOrEqual(clock.now().getTime());
      expect(row.p90.getTime()).toBeGreaterThanOrEqual(row.p50.getTime());
      expect(row.madeAt).toEqual(clock.now());
    }
    const current = rows.filter(({ key }) => key.endsWith("2001-01-03T19"));
    expect(current.length).toBe(3);
  });

  test("forgets an hour once it is closed, says 1 once its deadline has passed, and goes on after a restart", async () => {
    await liveUntil("2001-01-01T20:30:00Z");
    await fitForecast({ ctx: ctx() });
    const { stored } = await refreshForecasts({ ctx: ctx() });
    const before = await readForecasts();
    await liveUntil("2001-01-02T00:30:00Z");
    const again = await refreshForecasts({ ctx: ctx(), known: stored });
    expect(again.stored).toBe(stored);
    const after = await readForecasts();
    expect(after.map(({ key }) => key)).toEqual(await readUnclosed());
    expect(before.some(({ key }) => !after.some((row) => row.key === key))).toBe(true);
    const missed = after.filter(({ deadlineAt }) => deadlineAt < clock.now());
    expect(missed.length).toBeGreaterThan(0);
    expect(missed.every(({ p }) => p === 1)).toBe(true);
    expect(after.filter(({ deadlineAt }) => deadlineAt > clock.now()).every(({ p }) => p < 1)).toBe(true);
    // A new process knows nothing but what is stored.
    await refreshForecasts({ ctx: ctx() });
    expect(await readForecasts()).toEqual(after);
  });

  test("a model of an older version is as good as none", async () => {
    await liveUntil("2001-01-03T19:30:00Z");
    await fitForecast({ ctx: ctx() });
    await refreshForecasts({ ctx: ctx() });
    await test0.database.sql.query(`UPDATE forecast_model SET model = model || '{"version": 0}'`);
    expect(await refreshForecasts({ ctx: ctx() })).toEqual({ hours: 0, stored: null });
    expect(await readForecasts()).toEqual([]);
    expect((await readFitNeed({ ctx: ctx() })).due).toBe(true);
  });
});

describe("readers", () => {
  test("the hour shows its forecast while it is not closed, the board that of the oldest open hour, else of the current", async () => {
    await liveUntil("2001-01-03T19:30:00Z");
    await fitForecast({ ctx: ctx() });
    await refreshForecasts({ ctx: ctx() });
    const forecasts = new Map((await readForecasts()).map((row) => [row.key, row]));
    const expected = (key: string) => {
      const row = forecasts.get(key);
      if (!row) throw new Error(`no forecast of ${key}`);
      const breachProbability = Math.round(row.p * 1e4) / 1e4;
      return { breachProbability, closesAt: { p50: formatInstant(row.p50), p90: formatInstant(row.p90) } };
    };
    for (const { eventType, oldestOpenHour, forecast } of (await readBoard({ ctx: ctx() })).items) {
      const hour = oldestOpenHour ?? "2001-01-03T19";
      expect(forecast).toEqual(expected(`${eventType} ${hour}`));
      expect((await readVerdict({ ctx: ctx(), input: { eventType, hour } })).forecast).toEqual(forecast);
    }
    const closed = { eventType: "ShortHaul", hour: "2001-01-03T03" };
    expect(await readVerdict({ ctx: ctx(), input: closed })).toMatchObject({ state: "complete", forecast: null });
    const past = { eventType: "ShortHaul", hour: "2001-01-03T19", asOf: "2001-01-03T19:30:00Z" };
    expect(await readVerdict({ ctx: ctx(), input: past })).toMatchObject({ state: "open", forecast: null });
  });

  test("an hour that closed a moment ago has none, though it is not deleted yet", async () => {
    await liveUntil("2001-01-03T17:30:00Z");
    await fitForecast({ ctx: ctx() });
    await refreshForecasts({ ctx: ctx() });
    const input = { eventType: "LongHaul", hour: "2001-01-03T15" };
    expect((await readVerdict({ ctx: ctx(), input })).forecast).toMatchObject({ breachProbability: 1 });
    await liveUntil("2001-01-03T18:00:00Z");
    expect((await readVerdict({ ctx: ctx(), input })).forecast).toBeNull();
  });
});

/** Ingests what was reported by then and judges; the clock stands there. */
async function liveUntil(at: string): Promise<void> {
  clock.set(at);
  await ingestUntil(at);
  await judgeAll(ctx());
}

async function ingestUntil(at: string): Promise<void> {
  const until = Date.parse(at);
  const said: Message[] = [];
  for (let message = messages[next]; message && message.time.getTime() <= until; message = messages[++next]) {
    said.push(message);
  }
  const writer = new BatchWriter({ database: test0.database, clock, instance: "test" });
  await Promise.all(said.map((message) => writer.write({ messages: [message], rejected: [] })));
}

async function readForecasts() {
  const { rows } = await test0.database.sql.query<{
    key: string;
    p: number;
    p50: Date;
    p90: Date;
    madeAt: Date;
    deadlineAt: Date;
  }>(
    `SELECT t.name || ' ' || to_char(f.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24') AS key, f.breach_probability AS p,
            f.closes_at_p50 AS p50, f.closes_at_p90 AS p90, f.made_at AS "madeAt", v.deadline_at AS "deadlineAt"
       FROM forecast f JOIN event_type t ON t.id = f.event_type_id
       JOIN verdict v ON v.event_type_id = f.event_type_id AND v.hour = f.hour
      ORDER BY 1`,
  );
  return rows;
}

async function readUnclosed(): Promise<string[]> {
  const { rows } = await test0.database.sql.query<{ key: string }>(
    `SELECT t.name || ' ' || to_char(v.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24') AS key
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id WHERE v.closed_at IS NULL ORDER BY 1`,
  );
  return rows.map((row) => row.key);
}

function everyQuarter(from: string, to: string): string[] {
  const quarters = (Date.parse(to) - Date.parse(from)) / 900_000;
  return Array.from({ length: quarters }, (_, at) => new Date(Date.parse(from) + at * 900_000).toISOString());
}

function parsed(event: unknown): Message {
  const result = parseEvent(event, new Date("2026-11-22T12:00:00Z"));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.message;
}
