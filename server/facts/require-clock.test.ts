import { expect, test } from "vitest";
import type { Sql } from "#server/db/database.ts";
import { ClockDisagrees, requireClock } from "./require-clock.ts";

/** A database whose clock is ahead of this machine's. */
function databaseAheadBy(ms: number): Sql {
  return { query: async () => ({ rows: [{ ms: Date.now() + ms }] }) } as unknown as Sql;
}

const hourMs = 3_600_000;
const times = [{ pointer: "/time" }];

test("an event's time is not refused by a clock that is behind the database's", async () => {
  const asked = requireClock(databaseAheadBy(hourMs), times);
  await expect(asked).rejects.toThrow(ClockDisagrees);
  await expect(asked).rejects.toThrow(/^This machine's clock is (3599|3600) s behind the database's clock/);
});

test("it is refused by one that agrees, and other faults by any", async () => {
  await requireClock(databaseAheadBy(0), times);
  await requireClock(databaseAheadBy(hourMs), [{ pointer: "/data/reports/0/events" }]);
});
