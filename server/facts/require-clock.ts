import type { Fault } from "#domain/fault.ts";
import type { Sql } from "#server/db/database.ts";
import { ClockCheck } from "#server/turns/index.ts";

/** This process's clock is wrong, so it cannot say that an event's time is. Another process can, or this one later. */
export class ClockDisagrees extends Error {
  readonly retryAfterSeconds = 5;
}

/**
 * Throws ClockDisagrees if an event's `time` is among the faults and this machine's clock is not the database's: after a jump back of more
 * than ten minutes every event looks as if it came from the future, and would be refused for good.
 */
export async function requireClock(sql: Sql, faults: readonly Pick<Fault, "pointer">[]): Promise<void> {
  if (!faults.some(({ pointer }) => pointer === "/time")) return;
  const check = new ClockCheck({ sql, onChange: () => undefined });
  if (await check.agrees()) return;
  const seconds = Math.round(Math.abs(check.aheadMs) / 1_000);
  const direction = check.aheadMs > 0 ? "ahead of" : "behind";
  throw new ClockDisagrees(
    `This machine's clock is ${seconds} s ${direction} the database's clock, so it cannot check the events' times. Nothing was accepted: send the request again.`,
  );
}
