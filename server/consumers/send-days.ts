import { readCalendarDay } from "#domain/calendar-day.ts";
import { worstNotReady } from "#domain/range-readiness.ts";
import { amendmentMostHeldMs, amendmentRestMs, decideDayEvent, type KnownFigures } from "#domain/subscription.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type RangeReading, readRange } from "#server/verdicts/index.ts";
import { holdDaySubscription } from "./hold-day-subscription.ts";
import { type Counts, mostCounts } from "./most-count.ts";
import { queueMessages, threadOf } from "./queue-messages.ts";

interface MarkedDay {
  subscriptionId: string;
  day: string;
}

const mostDays = 200;

/**
 * Sends day messages: complete as soon as the day is, and an amendment once its changes have settled. Runs after the judges'
 * commits, so that of two judges that each made one of the last hours ready, both hours are seen.
 * Any number of processes may run it at once. Returns how many days it decided.
 */
export async function sendDays({ ctx }: { ctx: Context }): Promise<number> {
  requireScope(ctx, "admin");
  const now = ctx.clock.now();
  const { rows } = await ctx.database.sql.query<MarkedDay>(
    `SELECT k.subscription_id AS "subscriptionId", k.day
       FROM day_mark k
      GROUP BY k.subscription_id, k.day
     HAVING least(max(k.changed_at) + make_interval(secs => $2), min(k.changed_at) + make_interval(secs => $3)) <= $1
         OR NOT EXISTS (SELECT FROM subscription_message m
                         WHERE m.subscription_id = k.subscription_id AND m.day = k.day)
      LIMIT $4`,
    [now, amendmentRestMs / 1_000, amendmentMostHeldMs / 1_000, mostDays],
  );
  for (const marked of rows) await ctx.database.transaction((tx) => sendDay(tx, marked, now));
  return rows.length;
}

async function sendDay(tx: Sql, marked: MarkedDay, now: Date): Promise<void> {
  const subscription = await holdDaySubscription(tx, marked.subscriptionId);
  if (subscription === "held") return;
  const readied = await takeMarks(tx, marked);
  const calendarDay = subscription && readCalendarDay(marked.day, subscription.zone);
  if (!subscription || !calendarDay || typeof calendarDay === "string" || readied === null) return;
  const { from, to } = calendarDay;
  const reading = await readRange(tx, { types: subscription.types, from, to, now });
  const hours = (to.getTime() - from.getTime()) / 3_600_000;
  const figures = figuresOf(reading, hours * subscription.types.length);
  const sent = await loadSent(tx, marked);
  const { terms, wanted } = subscription;
  const event = decideDayEvent({ sent, now: figures, readied, terms, wanted });
  if (event === null) return;
  const sequence = (sent?.sequence ?? 0) + 1;
  const message = {
    id: `${subscription.id}_${marked.day}_${sequence}`,
    subscriptionId: subscription.id,
    eventTypeId: subscription.eventTypeId,
    hour: from,
    event,
    sequence,
    runHours: hours,
    day: { day: marked.day, zone: subscription.zone },
    previousRevision: sent?.sequence ?? null,
    ready: figures.ready,
    before: sent,
    sent: { ...figures, skewed: 0n, revision: sequence },
  };
  await queueMessages(tx, [message], now);
}

/** Whether a mark says that an hour became ready; null: another process took the marks. */
async function takeMarks(tx: Sql, { subscriptionId, day }: MarkedDay): Promise<boolean | null> {
  const { rows } = await tx.query<{ readied: boolean }>(
    "DELETE FROM day_mark WHERE subscription_id = $1 AND day = $2 RETURNING readied",
    [subscriptionId, day],
  );
  return rows.length === 0 ? null : rows.some(({ readied }) => readied);
}

/** All hours together. A day outside a type's active range, even in part, is never ready. */
function figuresOf({ hours, notReady }: RangeReading, expected: number): KnownFigures {
  const sum = (figure: keyof Counts) => hours.reduce((total, hour) => total + hour[figure], 0n);
  return {
    state: worstNotReady(hours)?.state ?? "open",
    ready: notReady.length === 0 && hours.length === expected,
    known: hours.every(({ known }) => known),
    ...mostCounts({
      produced: sum("produced"),
      delivered: sum("delivered"),
      lost: sum("lost"),
      duplicated: sum("duplicated"),
    }),
  };
}

async function loadSent(
  tx: Sql,
  { subscriptionId, day }: MarkedDay,
): Promise<(KnownFigures & { sequence: number }) | null> {
  const { rows } = await tx.query<KnownFigures & { sequence: number }>(
    `SELECT m.sequence, m.state, m.ready, m.known, m.produced, m.delivered, m.lost, m.duplicated
       FROM subscription_message m
      WHERE m.subscription_id = $1 AND m.day = $2 AND ${threadOf("m")} = 'day'
      ORDER BY m.sequence DESC LIMIT 1`,
    [subscriptionId, day],
  );
  return rows[0] ?? null;
}
