import { expect, test } from "vitest";
import { advisoryLocks } from "./advisory-locks.ts";

test("no two kinds of work share an advisory lock", () => {
  const keys = Object.values(advisoryLocks);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toBeLessThan(2 ** 31);
});
