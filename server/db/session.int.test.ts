import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { startTcpProxy, type TcpProxy } from "#test/tcp-proxy.ts";
import { until } from "#test/until.ts";
import { type Database, openDatabase } from "./database.ts";
import { listen } from "./notifications.ts";
import { Session } from "./session.ts";

let scratch: TestDatabase;
let proxy: TcpProxy;
let database: Database;

beforeEach(async () => {
  scratch = await createTestDatabase();
  const name = new URL(scratch.url).pathname.slice(1);
  await scratch.database.sql.query(`ALTER DATABASE ${name} SET timezone = 'Asia/Kolkata'`);
  proxy = await startTcpProxy(scratch.url);
  database = openDatabase(proxy.url, { work: "judge", maxConnections: 1 });
});
afterEach(async () => {
  await database.close();
  await proxy.stop();
  await scratch.drop();
});

describe("every connection is in UTC, whatever the database's time zone", () => {
  test("a token written by Prisma expires when it says", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const token = { id: "t", name: "hour", hash: Buffer.from("x"), scopes: ["read"], createdBy: "test", owner: "test" };
    await database.prisma.apiToken.create({ data: { ...token, createdAt: new Date(), expiresAt } });
    const { rows } = await scratch.database.sql.query<{ valid: boolean; at: Date }>(
      "SELECT expires_at > now() + interval '59 minutes' AS valid, expires_at AS at FROM api_token",
    );
    expect(rows).toEqual([{ valid: true, at: expiresAt }]);
  });

  test("in the pool, in a transaction and on a connection of its own", async () => {
    const ask = "SELECT current_setting('TimeZone') AS zone";
    const alone = new Session({ connectionString: proxy.url, work: "listen" });
    await alone.connect();
    const answers = await Promise.all([
      database.sql.query(ask),
      database.transaction((tx) => tx.query(ask)),
      alone.query(ask),
    ]);
    await alone.end();
    expect(answers.map(({ rows }) => rows[0]?.zone)).toEqual(["UTC", "UTC", "UTC"]);
  });
});

test("each kind of work has its limits, a transaction of another kind its own", async () => {
  const ask = `SELECT current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') || ' ' ||
                      current_setting('idle_in_transaction_session_timeout') AS limits`;
  const read = async (asking: Promise<pg.QueryResult>) => (await asking).rows[0]?.limits;
  expect(await read(database.sql.query(ask))).toBe("20s 10s 15s");
  expect(await read(database.transaction((tx) => tx.query(ask), "long"))).toBe("5min 30s 1min");
  expect(await read(database.sql.query(ask))).toBe("20s 10s 15s");
});

test("an answer that never comes costs the connection, not the pool", async () => {
  const impatient = new URL(proxy.url);
  impatient.searchParams.set("query_timeout", "300");
  const pool = openDatabase(impatient.href, { work: "judge", maxConnections: 1 });
  await pool.sql.query("SELECT 1");
  proxy.deafen();
  await expect(pool.transaction((tx) => tx.query("SELECT 1"))).rejects.toThrow("timeout");
  expect((await pool.sql.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await pool.prisma.tier.findMany();
  proxy.deafen();
  await expect(pool.prisma.$transaction([pool.prisma.tier.findMany()])).rejects.toThrow();
  await pool.prisma.tier.findMany();
  await pool.close();
});

test("who listens notices that no one speaks any more, and what is said afterwards is heard", async () => {
  const heard: string[] = [];
  let connections = 0;
  const listener = listen({
    url: proxy.url,
    channel: "news",
    onNotification: (payload) => heard.push(payload),
    onConnected: () => {
      connections += 1;
    },
  });
  await until("it listens", () => Promise.resolve(connections === 1));
  proxy.deafen();
  await until("it listens again", () => Promise.resolve(connections === 2));
  await scratch.database.sql.query("NOTIFY news, 'after'");
  await until("it is heard", () => Promise.resolve(heard.includes("after")));
  await listener.close();
});

test("a connection that met a read-only server is not used again", async () => {
  const name = new URL(scratch.url).pathname.slice(1);
  await database.sql.query("SELECT 1");
  await scratch.database.sql.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await scratch.database.sql.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
  );
  await until("the pool has noticed", () =>
    database.sql.query("SELECT 1").then(
      () => true,
      () => false,
    ),
  );
  const write = () => database.transaction((tx) => tx.query("DELETE FROM dirty_hour"));
  await expect(write()).rejects.toMatchObject({ code: "25006" });
  await scratch.database.sql.query(`ALTER DATABASE ${name} SET default_transaction_read_only = off`);
  await write();
});
