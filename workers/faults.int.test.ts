import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { FaultDrill } from "#test/fault-drill.ts";
import { processesOf } from "#test/processes-of.ts";
import { fillDisk, mountSmallDisk, moveTables } from "#test/small-disk.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import { until } from "#test/until.ts";

// A server of its own: it is frozen and filled, which others must not feel.
let postgres: TestPostgres;
let drill: FaultDrill;
let drills = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase("template_of_drills");
  await migrateDatabase(`${postgres.url}/template_of_drills`);
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  drills += 1;
  await postgres.createDatabase(`drill_${drills} TEMPLATE template_of_drills`);
  drill = await FaultDrill.begin(`${postgres.url}/drill_${drills}`);
});
afterEach(() => drill.end());

const patienceMs = 240_000;

/** Reports were refused more than once, and these processes have met the fault too. */
function untilRefused(...processes: string[]): Promise<void> {
  return until("reports are refused, and loops fail", async () => {
    const met = drill.refusals.length >= 2 && processes.every((name) => drill.failed.has(name));
    return met || `${drill.refusals}; ${[...drill.failed]}`;
  });
}

test("established connections went dead, as in a failover", { timeout: patienceMs }, async () => {
  await drill.recoversFrom("Dead connections", async () => drill.proxy.deafen());
  expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
});

test("the host is frozen: nothing answers, nothing breaks", { timeout: patienceMs }, async () => {
  await drill.recoversFrom("A frozen host", async () => {
    drill.proxy.freeze();
    await untilRefused();
    await drill.proxy.restore();
  });
  expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
});

test("connections are refused", { timeout: patienceMs }, async () => {
  await drill.recoversFrom("Refused connections", async () => {
    await drill.proxy.refuse();
    await untilRefused("judge", "alert");
    await drill.proxy.restore();
  });
  expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
});

test("PostgreSQL's processes are stopped by SIGSTOP", { timeout: patienceMs }, async () => {
  await drill.recoversFrom("A frozen PostgreSQL", async () => {
    const pids = await processesOf(postgres);
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    await untilRefused();
    for (const pid of pids.reverse()) process.kill(pid, "SIGCONT");
  });
});

test("the database is read-only, as a standby is", { timeout: patienceMs }, async () => {
  const name = `drill_${drills}`;
  await drill.recoversFrom("A read-only database", async () => {
    await drill.direct.sql.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await drill.direct.sql.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
      [name],
    );
    await untilRefused("judge", "alert");
    await drill.isBehind("storage", /^The database is read-only: nothing is stored/);
    await drill.direct.transaction(async (tx) => {
      await tx.query("SET TRANSACTION READ WRITE");
      await tx.query(`ALTER DATABASE ${name} SET default_transaction_read_only = off`);
    });
  });
  expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
});

test("the disk is full", { timeout: patienceMs }, async () => {
  const small = await mountSmallDisk(postgres);
  try {
    const fill = small.isReal ? () => fillDisk(small.folder) : () => refuseWrites(drill);
    if (small.isReal) await moveTables(drill.direct.sql, small.folder);
    await drill.recoversFrom(small.isReal ? "A full disk" : "A full disk (raised by a trigger)", async () => {
      const undo = await fill();
      await untilRefused("judge");
      await drill.isBehind("storage", /^The database's disk is full: nothing more is stored/);
      await undo();
    });
    expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
  } finally {
    await drill.end();
    drill.end = () => Promise.resolve();
    await postgres.createDatabase(`after_${drills}`);
    await small.unmount(`drill_${drills}`);
  }
});

async function refuseWrites({ direct }: FaultDrill): Promise<() => Promise<void>> {
  await direct.sql.query(
    `CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$`,
  );
  await direct.sql.query(
    "CREATE TRIGGER disk_is_full BEFORE INSERT ON dirty_hour FOR EACH STATEMENT EXECUTE FUNCTION disk_is_full()",
  );
  return async () => void (await direct.sql.query("DROP TRIGGER disk_is_full ON dirty_hour"));
}
