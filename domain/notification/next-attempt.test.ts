import { describe, expect, test } from "vitest";
import { nextAttempt } from "./next-attempt.ts";

const failed = { schedule: "webhook" as const, attempts: 1, sinceFirstMs: 0, chance: 0 };

describe("nextAttempt", () => {
  test("a webhook follows Standard Webhooks: ten attempts over 75 h 35 min", () => {
    const waits = Array.from({ length: 10 }, (_, index) => nextAttempt({ ...failed, attempts: index + 1 }));
    expect(waits.map((wait) => wait && wait / 60_000)).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440, null]);
    expect(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0)).toBe(((75 * 60 + 35) * 60 + 5) * 1000);
  });

  test("a page is retried after 5, 15, 30 and 60 s, then every two minutes, for a day", () => {
    const waits = Array.from({ length: 6 }, (_, index) =>
      nextAttempt({ ...failed, schedule: "page", attempts: index + 1 }),
    );
    expect(waits.map((wait) => (wait ?? 0) / 1000)).toEqual([5, 15, 30, 60, 120, 120]);
    const day = 24 * 3_600_000;
    expect(nextAttempt({ ...failed, schedule: "page", attempts: 300, sinceFirstMs: day })).toBeNull();
  });

  test("Retry-After puts off, never brings forward, and an hour is the most", () => {
    const wait = (afterMs: number) => nextAttempt({ ...failed, schedule: "page", afterMs });
    expect([wait(30_000), wait(10), wait(7 * 24 * 3_600_000)]).toEqual([30_000, 5_000, 3_600_000]);
  });

  test("chance spreads what failed together by a tenth", () => {
    expect(nextAttempt({ ...failed, attempts: 2, chance: 1 })).toBe(330_000);
  });
});
