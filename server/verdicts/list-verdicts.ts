import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import { addHours, formatHour, type Hour, hourOf } from "#domain/hour.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { Invalid } from "#server/errors.ts";
import type { Page, PageInput } from "#server/page.ts";
import { acceptedColumn } from "./accepted-columns.ts";
import { awaitsJudge } from "./awaits-judge.ts";
import { findEventType, type ReadableType } from "./find-event-type.ts";
import { readHourInput } from "./hour-input.ts";
import { judgeNow } from "./judge-now.ts";
import { lanesOf, parseLanes } from "./lanes.ts";
import { loadFacts } from "./load-facts.ts";
import { type Figures, toSummary } from "./verdict-json.ts";

export interface ListVerdictsInput extends PageInput<{ hour: string }> {
  eventType: string;
  /** Included; absent: 24 hours back. */
  from?: string | undefined;
  /** Excluded; absent: through the current hour. Future hours are not listed. */
  to?: string | undefined;
}

/** A type's verdicts, oldest first: one per active hour in the range, without gaps. */
export async function listVerdicts({
  ctx,
  input,
}: Call<ListVerdictsInput>): Promise<Page<VerdictSummaryJson, { hour: string }>> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const range = readRange(input, now);
  const { sql } = ctx.database;
  const type = await findEventType(sql, input.eventType);
  const from = latest(range.from, type.activeFrom, input.after && readHourInput(input.after.hour, "cursor"));
  const to = earliest(range.to, type.activeTo);
  const end = earliest(to, addHours(from, input.limit));
  const verdicts = from < end ? await loadRange(sql, type, from, end, now) : [];
  return {
    items: verdicts.map((verdict) => toSummary(type.name, verdict, now)),
    next: from < end && end < to ? { hour: formatHour(end) } : null,
  };
}

function readRange(input: ListVerdictsInput, now: Date): { from: Hour; to: Hour } {
  const next = addHours(hourOf(now), 1);
  const to = input.to === undefined ? next : readHourInput(input.to, "to");
  const from = input.from === undefined ? addHours(earliest(to, next), -24) : readHourInput(input.from, "from");
  if (input.to !== undefined && from > to) {
    const detail = `from ${formatHour(from)} is after to ${formatHour(to)}. from is included, to is not.`;
    throw new Invalid(detail, [{ parameter: "from", detail }]);
  }
  return { from, to: earliest(to, next) };
}

/** `lanes` only where a new judgement is compared with it: settled hours that are due. */
type Row = Figures & { settled: boolean; isDue: boolean; lanes: unknown };

async function loadRange(sql: Sql, type: ReadableType, from: Hour, to: Hour, now: Date): Promise<Figures[]> {
  const { rows } = await sql.query<Row>(
    `SELECT hour, state, revision, settled, amended, closed_at AS "closedAt", deadline_at AS "deadlineAt", known,
            produced, delivered, lost, duplicated, skewed, ${awaitsJudge("$4")} AS "isDue",
            ${acceptedColumn("v")},
            CASE WHEN settled AND ${awaitsJudge("$4")} THEN ${lanesOf("v")} END AS lanes
       FROM verdict v
      WHERE event_type_id = $1 AND hour >= $2 AND hour < $3
      ORDER BY hour`,
    [type.id, from, to, now],
  );
  const stored = new Map(rows.map((row) => [row.hour.getTime(), row]));
  const hours: Hour[] = [];
  for (let hour = from; hour < to; hour = addHours(hour, 1)) hours.push(hour);
  // The evaluate worker is behind on these.
  const unjudged = hours.filter((hour) => {
    const row = stored.get(hour.getTime());
    return !row || row.revision === 0 || row.isDue;
  });
  const keys = unjudged.map((hour) => ({ eventTypeId: type.id, hour }));
  for (const facts of await loadFacts(sql, keys)) {
    const row = stored.get(facts.hour.getTime());
    const before = row ? { ...row, datacenters: row.lanes ? parseLanes(row.lanes) : null } : null;
    stored.set(facts.hour.getTime(), { ...judgeNow(facts, before, now), settled: false, isDue: false, lanes: null });
  }
  return hours.flatMap((hour) => stored.get(hour.getTime()) ?? []);
}

function earliest(first: Date, second: Date | null): Date {
  return second && second < first ? second : first;
}

function latest(...dates: (Date | null)[]): Date {
  return new Date(Math.max(...dates.map((date) => date?.getTime() ?? Number.NEGATIVE_INFINITY)));
}
