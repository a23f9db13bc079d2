import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addHours, parseHour } from "#domain/hour.ts";
import { openDatabase } from "#server/db/database.ts";
import { codeOf } from "#simulator/drill/truth.ts";
import { type Incident, networkCut } from "#simulator/incidents.ts";
import { makeSimulation } from "#simulator/simulation.ts";
import { AlertDrill } from "#test/alert-drill.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { pgbouncer, startPgbouncer, type TestPgbouncer } from "./pgbouncer.ts";

const startAt = parseHour("2026-11-02T00") as Date;
const fromAt = new Date(addHours(startAt, 25).getTime() + 20 * 60_000);
const toAt = new Date(fromAt.getTime() + 95 * 60_000);
/** Fewer than the pool's: transactions share them. */
const poolSize = 2;

describe.skipIf(!pgbouncer)("through PgBouncer in transaction mode", { meta: { needs: "pgbouncer" } }, () => {
  let pooler: TestPgbouncer;
  let scratch: TestDatabase;

  beforeAll(async () => {
    scratch = await createTestDatabase(undefined, async (directUrl) => {
      pooler = await startPgbouncer({ target: directUrl, poolSize });
      return openDatabase(pooler.url, { directUrl, work: "judge", maxConnections: 5 });
    });
  });
  afterAll(async () => {
    await pooler?.stop();
    await scratch?.drop();
  });

  test("a network cut is one page that names its cause, and it resolves", { timeout: 600_000 }, async () => {
    const incidents = () => [networkCut({ id: "cut", dc: "sto", fromAt, toAt })];
    const simulation = makeSimulation({ seed: 7, types: 10, startAt, liveAt: startAt, incidents });
    const [incident] = simulation.incidents as [Incident];
    const drill = await AlertDrill.begin(simulation, scratch);
    await drill.liveUntil(incident.fromAt, 60);
    await drill.liveUntil(incident.toAt, 10);
    await drill.liveUntil(addHours(incident.toAt, 3), 15);
    expect(await drill.pages()).toMatchObject([
      {
        state: "resolved",
        cause: { code: codeOf["network-cut"], datacenter: "sto", stage: incident.cause.stage },
      },
    ]);
    const [pool] = (await pooler.pools()).filter(({ database }) => database === scratch.name);
    expect(pool).toMatchObject({ pool_mode: "transaction" });
    expect(Number(pool?.sv_active) + Number(pool?.sv_idle) + Number(pool?.sv_used)).toBeLessThanOrEqual(poolSize);
  });

  test("each transaction has its work's limits and UTC, and leaves none of them in the pooler's session", async () => {
    const settings = "SELECT current_setting('statement_timeout') AS statement, current_setting('TimeZone') AS zone";
    const inside = await scratch.database.transaction(async (tx) => (await tx.query(settings)).rows);
    expect(inside).toEqual([{ statement: "20s", zone: "UTC" }]);
    expect((await scratch.database.sql.query(settings)).rows).toEqual([{ statement: "0", zone: "UTC" }]);
    const long = await scratch.database.transaction(async (tx) => (await tx.query(settings)).rows, "long");
    expect(long).toEqual([{ statement: "5min", zone: "UTC" }]);
  });

  test.each(["LISTEN tidemark_dirty", "SELECT pg_advisory_lock(1)", "SET jit = off"])(
    "%s is refused: it needs a session",
    async (statement) => {
      const refusal = /needs a session, and DATABASE_URL is a pooler/;
      await expect(scratch.database.sql.query(statement)).rejects.toThrow(refusal);
      await expect(scratch.database.transaction((tx) => tx.query(statement))).rejects.toThrow(refusal);
    },
  );
});
