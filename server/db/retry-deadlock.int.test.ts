import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { retryDeadlock } from "./retry-deadlock.ts";

let test0: TestDatabase;

beforeAll(async () => {
  test0 = await createTestDatabase();
  await test0.database.sql.query("CREATE TABLE pair (id int PRIMARY KEY, written int NOT NULL)");
  await test0.database.sql.query("INSERT INTO pair VALUES (1, 0), (2, 0)");
});
afterAll(() => test0.drop());

test("two transactions that lock two rows in opposite order both commit", async () => {
  const bothHoldOne = barrier(2);
  let runs = 0;
  const write = (first: number, second: number) =>
    retryDeadlock(() => {
      runs += 1;
      return test0.database.transaction(async (tx) => {
        const add = (id: number) => tx.query("UPDATE pair SET written = written + 1 WHERE id = $1", [id]);
        await add(first);
        await bothHoldOne();
        await add(second);
      });
    });
  await Promise.all([write(1, 2), write(2, 1)]);
  const { rows } = await test0.database.sql.query("SELECT written FROM pair ORDER BY id");
  expect(rows).toEqual([{ written: 2 }, { written: 2 }]);
  expect(runs).toBe(3);
});

test("a deadlock that comes back each time is thrown in the end, and any other failure at once", async () => {
  let runs = 0;
  const fail = (code: string) =>
    retryDeadlock(async () => {
      runs += 1;
      throw Object.assign(new Error(code), { code });
    });
  await expect(fail("40P01")).rejects.toThrow("40P01");
  expect(runs).toBe(5);
  await expect(fail("23505")).rejects.toThrow("23505");
  expect(runs).toBe(6);
});

/** Waits until `parties` have come, once; later ones pass. */
function barrier(parties: number): () => Promise<void> {
  let waiting = parties;
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    waiting -= 1;
    if (waiting <= 0) open();
    return opened;
  };
}
