import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { openPastReads, type PastReads } from "#server/db/replica.ts";
import { createClock } from "#server/process/clock.ts";
import { readAttainment } from "#server/slo/read-attainment.ts";
import { startTcpProxy, type TcpProxy } from "#test/tcp-proxy.ts";
import { until } from "#test/until.ts";
import { workerContext } from "#test/worker-context.ts";
import { type ReplicatedPostgres, startReplicatedPostgres } from "./replicated-postgres.ts";

// Reads of the past on a real standby, which is held back, cut off and promoted.
let postgres: ReplicatedPostgres;
let primary: Database;
let proxy: TcpProxy;
let past: PastReads;
let writing: NodeJS.Timeout;
const clock = createClock({ setting: null, startedAtMs: null });

beforeAll(async () => {
  postgres = await startReplicatedPostgres({ synchronous: false });
  primary = openDatabase(postgres.url);
  proxy = await startTcpProxy(postgres.standbyUrl);
  past = openPastReads(proxy.url, 5);
  // As workers do, every other second.
  writing = setInterval(() => void write().catch(() => undefined), 500);
});
afterAll(async () => {
  clearInterval(writing);
  await past?.close();
  await primary?.close();
  await proxy?.stop();
  await postgres?.stop();
});

async function write(): Promise<void> {
  await primary.sql.query(
    "INSERT INTO lease (name, holder, expires_at) VALUES ('written', 'test', clock_timestamp()) ON CONFLICT (name) DO UPDATE SET expires_at = excluded.expires_at",
  );
}

/** Where it is read, the newest write that is seen there, and what "now" is there. */
async function look() {
  return past.read(workerContext(primary, clock), async (ctx) => {
    const { rows } = await ctx.database.sql.query<{ standby: boolean; written: Date | null }>(
      "SELECT pg_is_in_recovery() AS standby, (SELECT expires_at FROM lease WHERE name = 'written') AS written",
    );
    return { standby: rows[0]?.standby, written: rows[0]?.written ?? null, now: ctx.clock.now() };
  });
}

const untilReadAt = (where: "standby" | "primary") =>
  until(`the ${where} answers`, async () => (await look()).standby === (where === "standby"));

test("the replica answers, as of what it has replayed", async () => {
  await untilReadAt("standby");
  await postgres.delayStandby(5);
  await until("it is behind by seconds, and says so", async () => {
    const askedAt = new Date();
    const { standby, written, now } = await look();
    const attainment = await past.read(workerContext(primary, clock), (ctx) => readAttainment({ ctx, input: {} }));
    const behindMs = askedAt.getTime() - now.getTime();
    const isTrue =
      written !== null && written >= new Date(now.getTime() - 1_000) && attainment.asOf < askedAt.toISOString();
    return (standby === true && isTrue && behindMs > 3_000) || JSON.stringify({ standby, behindMs, written, now });
  });
});

test("the primary answers while the replica is behind by more than 30 s", async () => {
  await postgres.delayStandby(3_600);
  await untilReadAt("primary");
  expect(Date.now() - (await look()).now.getTime()).toBeLessThan(1_000);
  await postgres.delayStandby(0);
  await untilReadAt("standby");
});

test("the primary answers while the replica is away, from the first request that meets it", async () => {
  await proxy.refuse();
  expect((await look()).standby).toBe(false);
  await proxy.restore();
  await untilReadAt("standby");
});
