import { expect, test } from "vitest";
import { blockOf } from "./client-address.ts";
import { SlowRefusals } from "./slow-refusals.ts";

/** How long each of the answers waited, in milliseconds. */
function recordWaits() {
  const waits: number[] = [];
  const slow = new SlowRefusals(async (ms) => waits.push(ms));
  const refuse = async (times: number, status = 401, address = "192.0.2.7") => {
    for (let nth = 0; nth < times; nth += 1) await slow.hold(address, status);
  };
  return { waits, refuse };
}

test("after twenty refusals in a minute each takes twice as long as the one before, up to ten seconds", async () => {
  const { waits, refuse } = recordWaits();
  await refuse(20);
  expect(waits).toEqual([]);
  await refuse(9);
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
  await refuse(1_100);
  expect(waits.at(-1)).toBe(10_000);
});

test("what is not refused neither waits nor counts, whatever the address was refused", async () => {
  const { waits, refuse } = recordWaits();
  for (const status of [200, 202, 304, 404, 409, 412, 500, 503]) await refuse(100, status);
  await refuse(20);
  expect(waits).toEqual([]);
  await refuse(1);
  await refuse(5, 404);
  expect(waits).toEqual([100]);
});

test("each address waits for its own refusals, and this machine for none", async () => {
  const { waits, refuse } = recordWaits();
  await refuse(21);
  await refuse(20, 400, "2001:db8:1:2::/64");
  for (const own of ["127.0.0.1", "::ffff:127.0.0.1", "::1"]) await refuse(100, 400, blockOf(own));
  expect(waits).toEqual([100]);
});

test("at most 2,000 answers are held at once: more are given at once", async () => {
  const held: (() => void)[] = [];
  const slow = new SlowRefusals(() => new Promise<void>((resolve) => void held.push(resolve)));
  for (let nth = 0; nth < 20; nth += 1) await slow.hold("192.0.2.7", 400);
  const waiting = Array.from({ length: 2_000 }, () => slow.hold("192.0.2.7", 400));
  await slow.hold("192.0.2.7", 400);
  expect(held).toHaveLength(2_000);
  for (const release of held) release();
  await Promise.all(waiting);
});
