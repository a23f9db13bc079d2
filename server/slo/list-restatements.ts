import type { SloRestatementJson } from "#domain/api/slo.ts";
import { formatInstant } from "#domain/instant.ts";
import { formatDay, formatMonth, type SloCounts } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import type { Cause } from "./claim-days.ts";
import { readMonth, type SloFilter } from "./slo-input.ts";

export interface ListRestatementsInput extends SloFilter {
  /** Omitted: every month. */
  readonly month?: string | undefined;
  readonly limit: number;
  readonly after: { id: string } | null;
}

interface RestatementRow {
  id: string;
  month: Date;
  eventType: string;
  restatedAt: Date;
  days: Date[];
  causes: Cause[];
  before: SloCounts;
  after: SloCounts;
}

/** Changes of frozen months, newest first. */
export async function listRestatements({
  ctx,
  input,
}: Call<ListRestatementsInput>): Promise<Page<SloRestatementJson, { id: string }>> {
  requireScope(ctx, "read");
  const month = input.month === undefined ? null : readMonth(input.month, ctx.clock.now());
  const { rows } = await ctx.database.sql.query<RestatementRow>(
    `SELECT r.id::text AS id, r.month, t.name AS "eventType", r.restated_at AS "restatedAt", r.days, r.causes, r.before, r.after
       FROM slo_restatement r
       JOIN event_type t ON t.id = r.event_type_id
      WHERE ($1::timestamptz IS NULL OR r.month = $1) AND ($2::bigint IS NULL OR r.id < $2)
        AND ($4::text IS NULL OR t.tier = $4) AND ($5::text IS NULL OR t.owner = $5) AND ($6::text IS NULL OR t.name = $6)
      ORDER BY r.id DESC LIMIT $3 + 1`,
    [month, input.after?.id ?? null, input.limit, input.tier ?? null, input.owner ?? null, input.eventType ?? null],
  );
  return cutPage(rows.map(toJson), input.limit, ({ id }) => ({ id }));
}

function toJson(row: RestatementRow): SloRestatementJson {
  return {
    id: row.id,
    month: formatMonth(row.month),
    eventType: row.eventType,
    restatedAt: formatInstant(row.restatedAt),
    days: row.days.map(formatDay).sort(),
    causes: row.causes.map(({ cause, actor, reason }) => ({
      cause,
      by: actor ?? (cause === "reports" ? "late reports" : cause === "time" ? "time" : "the catalogue"),
      why: reason ?? whyOf(cause),
    })),
    before: figuresOf(row.before),
    after: figuresOf(row.after),
  };
}

function whyOf(cause: Cause["cause"]): string {
  if (cause === "reports") return "reports of its hours arrived, or grew, after the month was frozen";
  if (cause === "correction") return "facts of its hours were set aside, or counted again";
  if (cause === "time") return "hours that were not final when the month was frozen became so";
  return "hours were judged again";
}

function figuresOf(counts: SloCounts): SloRestatementJson["before"] {
  return {
    due: counts.dueHours,
    met: counts.metHours,
    complete: counts.completeHours,
    excused: counts.excusedHours,
    lostEvents: counts.lostEvents,
    skewedEvents: counts.skewedEvents,
  };
}
