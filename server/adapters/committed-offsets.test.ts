import fc from "fast-check";
import { expect, test } from "vitest";
import { CommittedOffsets } from "./committed-offsets.ts";

test("nothing received is nothing to commit", () => {
  expect(new CommittedOffsets().next()).toBeNull();
});

test("the offset stays at the first message in hand, and passes all once they are finished", () => {
  const offsets = new CommittedOffsets();
  for (const offset of [7n, 8n, 9n]) offsets.received(offset);
  expect(offsets.next()).toBe(7n);
  offsets.finished(8n);
  offsets.finished(9n);
  expect(offsets.next()).toBe(7n);
  offsets.finished(7n);
  expect(offsets.next()).toBe(10n);
});

test("a message that came again after a rebalance is passed once both copies are finished", () => {
  const offsets = new CommittedOffsets();
  for (const offset of [7n, 8n, 7n, 8n]) offsets.received(offset);
  for (const offset of [7n, 8n]) offsets.finished(offset);
  expect(offsets.next()).toBe(7n);
  for (const offset of [8n, 7n]) offsets.finished(offset);
  expect(offsets.next()).toBe(9n);
});

test("whatever the order, no message in hand is ever passed", () => {
  const steps = fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 20n }), fc.boolean()));
  fc.assert(
    fc.property(steps, (given) => {
      const offsets = new CommittedOffsets();
      const held: bigint[] = [];
      for (const [offset, isFinish] of given) {
        const at = held.indexOf(offset);
        if (!isFinish) {
          offsets.received(offset);
          held.push(offset);
        } else if (at >= 0) {
          offsets.finished(offset);
          held.splice(at, 1);
        }
        const next = offsets.next();
        if (next !== null) expect(held.every((each) => each >= next)).toBe(true);
      }
    }),
  );
});
