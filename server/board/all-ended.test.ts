import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { allEnded } from "./all-ended.ts";

test("answers what each of them came to, in their order", async () => {
  expect(await allEnded([sleep(5, "slow"), "given", Promise.resolve(1)])).toEqual(["slow", "given", 1]);
});

test("fails with the first fault, and not before all have ended", async () => {
  let ended = false;
  const slow = sleep(20).then(() => {
    ended = true;
  });
  await expect(allEnded([slow, Promise.reject(new Error("broken"))])).rejects.toThrow("broken");
  expect(ended).toBe(true);
});
