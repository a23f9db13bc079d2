import { expect, test } from "vitest";
import { type Drain, hasCaughtUp, sayRecovery } from "./recovery.ts";

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const drain = (part: Partial<Drain>): Drain => ({ draining: 0, caughtUp: 0, stuck: 0, p50Ms: 0, p90Ms: 0, ...part });
const expected = sayRecovery(drain({ draining: 4, p50Ms: 20 * 60_000, p90Ms: 24 * 60_000 }), null, at("15:00"));

test("while lanes catch up, its end is expected", () => {
  expect(expected).toMatchObject({ p50At: at("15:20"), p90At: at("15:24") });
  expect(expected && hasCaughtUp(expected)).toBe(false);
});

test("once no lane is behind any more it has caught up, and stays so while alerts still fire", () => {
  const done = sayRecovery(drain({ caughtUp: 4 }), expected, at("15:14"));
  expect(done).toMatchObject({ p50At: at("15:14"), asOf: at("15:14") });
  expect(done && hasCaughtUp(done)).toBe(true);
  expect(sayRecovery(drain({ caughtUp: 4 }), done, at("15:25"))).toMatchObject({
    p50At: at("15:14"),
    asOf: at("15:25"),
  });
});

test("one lane of several that is behind again for a moment wavers; half of them are worse again", () => {
  const done = sayRecovery(drain({ caughtUp: 5 }), expected, at("15:14"));
  expect(sayRecovery(drain({ caughtUp: 4, stuck: 1 }), done, at("15:16"))).toMatchObject({ p50At: at("15:14") });
  expect(sayRecovery(drain({ caughtUp: 2, stuck: 3 }), done, at("15:16"))).toBeNull();
});

test("lanes that never fell behind have nothing to catch up", () => {
  expect(sayRecovery(drain({ caughtUp: 4 }), null, at("15:14"))).toBeNull();
});
