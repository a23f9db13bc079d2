import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { freePort } from "#test/product/start-product.ts";
import { explainConnection } from "./explain-connection.ts";
import { findUnusable } from "./find-unusable.ts";

let scratch: TestDatabase;
let admin: pg.Client;
const user = `stranger_${process.pid}`;
const database = `empty_${process.pid}`;

beforeAll(async () => {
  scratch = await createTestDatabase();
  admin = new pg.Client({ connectionString: scratch.database.directUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE ${user} LOGIN PASSWORD 'x'`);
  await admin.query(`CREATE DATABASE ${database}`);
});
afterEach(() => admin.query(`ALTER ROLE ${user} RESET default_transaction_read_only`));
afterAll(async () => {
  await admin.query(`DROP DATABASE ${database}`);
  await admin.query(`DROP ROLE ${user}`);
  await admin.end();
  await scratch.drop();
});

/** What is said of the test's own URL with changes. */
function troubleWith(change: (url: URL) => void) {
  const url = new URL(scratch.database.directUrl);
  change(url);
  return troubleAt(url.href);
}

/** As when the product starts. */
async function troubleAt(url: string) {
  try {
    return await findUnusable(url);
  } catch (error) {
    const trouble = explainConnection(error, url);
    if (trouble === null) throw error;
    return trouble;
  }
}

/** The test's own server under each of these hosts. */
function urlOf(hosts: readonly string[], user: string, password: string): string {
  const { pathname } = new URL(scratch.database.directUrl);
  return `postgres://${user}:${password}@${hosts.join(",")}${pathname}`;
}

const as = (name: string, password: string) => (url: URL) => {
  url.username = name;
  url.password = password;
};

test("a database that can be used gives no cause for complaint", async () => {
  expect(await troubleWith(() => undefined)).toBeNull();
});

test("a wrong password is said with the user and without the password, and does not pass", async () => {
  const trouble = await troubleWith((url) => as(url.username, "hunter2")(url));
  expect(trouble).toMatchObject({
    sentence: expect.stringMatching(
      /^The database server at 127\.0\.0\.1:\d+ refuses the password of the user "\w+"\./,
    ),
    passing: false,
  });
  expect(trouble?.sentence).not.toContain("hunter2");
});

test("a missing password is refused like a wrong one", async () => {
  expect((await troubleWith((url) => as(url.username, "")(url)))?.sentence).toMatch(/refuses the password of the user/);
});

test("a database that does not exist is named with the statement that creates it", async () => {
  const trouble = await troubleWith((url) => {
    url.pathname = "/nowhere";
  });
  expect(trouble).toMatchObject({
    sentence: expect.stringContaining('has no database "nowhere". Create it (CREATE DATABASE "nowhere" OWNER '),
    passing: false,
  });
});

test("a user who may not create tables is refused before any migration, but not once everything is migrated", async () => {
  const trouble = await troubleWith((url) => {
    as(user, "x")(url);
    url.pathname = `/${database}`;
  });
  expect(trouble).toEqual({
    sentence: `The user "${user}" may not create tables in the database "${database}". Make it the owner: ALTER DATABASE "${database}" OWNER TO "${user}".`,
    passing: false,
  });
  expect(await troubleWith(as(user, "x"))).toBeNull();
});

test("an unknown host and a closed port may pass, and are named", async () => {
  const host = await troubleWith((url) => {
    url.hostname = "database.invalid";
  });
  expect(host).toMatchObject({ sentence: expect.stringMatching(/^The host "database\.invalid" /), passing: true });
  const port = await freePort();
  const closed = await troubleWith((url) => {
    url.port = String(port);
  });
  expect(closed).toMatchObject({
    sentence: expect.stringMatching(new RegExp(`^No database server listens at 127\\.0\\.0\\.1:${port}\\. `)),
    passing: true,
  });
});

test("a read-only database may pass, and says which setting makes it so", async () => {
  await admin.query(`ALTER ROLE ${user} SET default_transaction_read_only = on`);
  expect(await troubleWith(as(user, "x"))).toMatchObject({
    sentence: expect.stringMatching(/^The database is read-only\. Check default_transaction_read_only/),
    passing: true,
  });
});

test("of several hosts, a primary that is away may come back, and so may one among standbys", async () => {
  const hosts = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  expect(await troubleAt(urlOf(hosts, user, "x"))).toEqual({
    sentence: `No database server listens at ${hosts.join(", ")}. Start it, or correct host and port in DATABASE_URL.`,
    passing: true,
  });
  await admin.query(`ALTER ROLE ${user} SET default_transaction_read_only = on`);
  const { port } = new URL(scratch.database.directUrl);
  expect(await troubleAt(urlOf([`127.0.0.1:${port}`, `localhost:${port}`], user, "x"))).toEqual({
    sentence: `The database server at 127.0.0.1:${port}, localhost:${port} takes no writes: it is a standby, or read-only. Promote it, or name the primary in DATABASE_URL.`,
    passing: true,
  });
});
