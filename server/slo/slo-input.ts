import { formatMonth, monthName, monthOf, monthPeriod, type Period, parseMonth, rollingPeriod } from "#domain/slo.ts";
import type { Sql } from "#server/db/database.ts";
import { Invalid, NotFound } from "#server/errors.ts";

export interface PeriodInput {
  /** `2026-10`; omitted: the current month. */
  readonly month?: string | undefined;
  /** `28d` instead of a month. */
  readonly window?: string | undefined;
}

/** Whose service levels; empty: all. */
export interface SloFilter {
  readonly tier?: string | undefined;
  readonly owner?: string | undefined;
  readonly eventType?: string | undefined;
}

export function readPeriod({ month, window }: PeriodInput, now: Date): Period {
  if (window !== undefined) {
    if (month !== undefined) throw invalid("window", "Ask for a month or for the window of 28 days, not for both.");
    if (window !== "28d") throw invalid("window", `"${window}" is not a valid window. The only window is 28d.`);
    return rollingPeriod(now);
  }
  return monthPeriod(readMonth(month, now));
}

export function readMonth(text: string | undefined, now: Date): Date {
  if (text === undefined) return monthOf(now);
  const month = parseMonth(text);
  if (!month) throw invalid("month", `"${text}" is not a valid month. Write it like 2026-10.`);
  if (month > monthOf(now))
    throw new NotFound(`${monthName(text)} has not begun. Ask for ${formatMonth(monthOf(now))} or a month before it.`);
  return month;
}

/** NotFound for an unknown tier, owner or type, so that a typo never looks like a clean record. */
export async function checkFilter(sql: Sql, { tier, owner, eventType }: SloFilter): Promise<void> {
  if (tier === undefined && owner === undefined && eventType === undefined) return;
  const { rows } = await sql.query<{ tier: boolean; owner: boolean; eventType: boolean }>(
    `SELECT EXISTS (SELECT FROM tier WHERE name = $1) AS tier,
            EXISTS (SELECT FROM event_type WHERE claimed_at IS NOT NULL AND owner = $2) AS owner,
            EXISTS (SELECT FROM event_type WHERE claimed_at IS NOT NULL AND name = $3) AS "eventType"`,
    [tier ?? null, owner ?? null, eventType ?? null],
  );
  const found = rows[0];
  if (tier !== undefined && !found?.tier)
    throw new NotFound(`Tier "${tier}" does not exist. The catalogue names them.`);
  if (owner !== undefined && !found?.owner)
    throw new NotFound(`No claimed event type is owned by "${owner}". GET /api/v1/event-types says who owns what.`);
  if (eventType !== undefined && !found?.eventType)
    throw new NotFound(`Claimed event type "${eventType}" does not exist. GET /api/v1/event-types lists them.`);
}

export function invalid(parameter: string, detail: string): Invalid {
  return new Invalid(detail, [{ parameter, detail }]);
}
