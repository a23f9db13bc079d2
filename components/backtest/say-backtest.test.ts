import { expect, test } from "vitest";
import { sayBacktest } from "./say-backtest.ts";

const nothing = {
  alerts: 0,
  pages: 0,
  falsePages: 0,
  undecidedPages: 0,
  severity: "page" as const,
  breaches: { total: 0, caught: 0, caughtBeforeDeadline: 0, missed: 0 },
};
const say = (more: object) => sayBacktest({ ...nothing, ...more } as Parameters<typeof sayBacktest>[0]);

test.each([
  [{}, "It would not have fired once, and nothing broke its promise."],
  [{ breaches: null }, "It would not have fired once."],
  [
    { breaches: { total: 3, caught: 0, caughtBeforeDeadline: 0, missed: 3 } },
    "It would not have fired once: 3 breaches missed.",
  ],
  [
    { breaches: { total: 1, caught: 0, caughtBeforeDeadline: 0, missed: 1 } },
    "It would not have fired once: 1 breach missed.",
  ],
  [
    { alerts: 12, pages: 9, falsePages: 2, breaches: { total: 33, caught: 31, caughtBeforeDeadline: 30, missed: 2 } },
    "It would have fired 12 times: 9 pages, 2 of them false. It caught 31 of 33 breaches, 30 before the deadline.",
  ],
  [
    {
      alerts: 3,
      pages: 3,
      falsePages: 1,
      undecidedPages: 1,
      breaches: { total: 1, caught: 1, caughtBeforeDeadline: 1, missed: 0 },
    },
    "It would have fired 3 times: 3 pages, 1 of them false, 1 undecided. It caught 1 of 1 breaches, 1 before the deadline.",
  ],
  [
    { alerts: 1, pages: 1, falsePages: 1, severity: "ticket" },
    "It would have fired once: 1 ticket, a false one. Nothing broke its promise.",
  ],
  [
    { alerts: 2, pages: 2, falsePages: 2 },
    "It would have fired 2 times: 2 pages, all of them false. Nothing broke its promise.",
  ],
  [
    { alerts: 2, pages: 1, severity: "info", breaches: null },
    "It would have fired 2 times: 1 notice. Nothing is promised of this figure, so none of them can be called false.",
  ],
])("%j", (more, sentence) => expect(say(more)).toBe(sentence));
