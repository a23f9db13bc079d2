import { expect, test } from "vitest";
import { planFaults } from "./schedule.ts";

const kinds = [
  { name: "upgrade", holdSeconds: [0, 0], isFirst: true, isOnce: true },
  { name: "kill", holdSeconds: [0, 0] },
  { name: "cut", holdSeconds: [20, 40] },
  { name: "failover", holdSeconds: [0, 3], isOnce: true },
] as const;

const plan = (seed: number, pace = 1) => planFaults({ seed, kinds, pace }).take(50).toArray();

test("a seed always gives the same faults, and another one others", () => {
  expect(plan(1)).toEqual(plan(1));
  expect(plan(1)).not.toEqual(plan(2));
});

test("begins with what comes first, then every kind comes in each round, and some only once", () => {
  const names = plan(3).map(({ kind }) => kind);
  expect(names[0]).toBe("upgrade");
  expect(names.slice(1, 4).sort()).toEqual(["cut", "failover", "kill"]);
  expect(names.filter((name) => name === "failover" || name === "upgrade")).toHaveLength(2);
  for (let at = 4; at + 1 < names.length; at += 2) expect(names.slice(at, at + 2).sort()).toEqual(["cut", "kill"]);
});

test("a short drill has short faults", () => {
  for (const { kind, holdMs } of plan(1, 0.5).filter(({ kind }) => kind === "cut"))
    expect({ kind, isShort: holdMs >= 10_000 && holdMs <= 20_000 }).toEqual({ kind, isShort: true });
});

test("ends when nothing is left that may come again", () => {
  const [, , , once] = kinds;
  expect(planFaults({ seed: 1, kinds: [once], pace: 1 }).toArray()).toHaveLength(1);
});
