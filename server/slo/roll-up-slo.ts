import { countsDiffer, monthOf, type SloCounts } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Transaction } from "#server/db/database.ts";
import { claimMarkedDays, type DayKey, dayKey, findMatured } from "./claim-days.ts";
import { freezeMonths } from "./freeze-months.ts";
import { rollUpDays } from "./roll-up-days.ts";
import { markRestated, sumMonths } from "./sum-months.ts";
import { type RestatedMonth, writeRestatements } from "./write-restatements.ts";

export interface RollUpInput {
  /** Days of types per transaction, at most. */
  limit: number;
}

const rollUpKey = 7_434_811;

/**
 * Adds up days whose verdicts changed or in which hours became due, freezes months, and restates frozen ones that changed, in
 * one transaction: after a crash the marks remain for the next run. Returns how many days it took; 0: nothing to do.
 */
export async function rollUpSlo({ ctx, input }: Call<RollUpInput>): Promise<number> {
  requireScope(ctx, "admin");
  const now = ctx.clock.now();
  return ctx.database.transaction(async (tx) => {
    // One at a time, by advisory lock: a second run could overwrite newer sums. The lease only avoids futile attempts.
    const { rows } = await tx.query<{ alone: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS alone", [rollUpKey]);
    if (!rows[0]?.alone) return 0;
    const marked = await claimMarkedDays(tx, input.limit);
    const matured = await findMatured(tx, now, input.limit);
    const days = new Map([...matured, ...marked].map((day) => [dayKey(day), day]));
    await addUp(tx, [...days.values()], now);
    await freezeMonths(tx, now);
    return days.size;
  }, "judge");
}

async function addUp(tx: Transaction, days: readonly DayKey[], now: Date): Promise<void> {
  if (days.length === 0) return;
  const changed = await rollUpDays(tx, days, now);
  const restated = new Map<string, RestatedMonth & { before: SloCounts; after: SloCounts }>();
  const months = await sumMonths(tx, changed);
  const frozen = months.filter(({ frozenCounts }) => frozenCounts !== null);
  await markRestated(tx, frozen);
  for (const { eventTypeId, month, before, after } of frozen) {
    if (!countsDiffer(before, after)) continue;
    restated.set(`${eventTypeId} ${month.getTime()}`, { eventTypeId, month, before, after, days: [], causes: [] });
  }
  for (const day of changed) {
    const entry = restated.get(`${day.eventTypeId} ${monthOf(day.day).getTime()}`);
    entry?.days.push(day.day);
    entry?.causes.push(...day.causes);
  }
  await writeRestatements(tx, [...restated.values()], now);
}
