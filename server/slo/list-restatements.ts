import type { SloRestatementJson } from "#domain/api/slo.ts";
import { formatInstant } from "#domain/instant.ts";
import { addCounts, formatDay, formatMonth, noCounts, type SloCounts } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import type { Cause } from "./claim-days.ts";
import { readMonth, type SloFilter } from "./slo-input.ts";

export interface ListRestatementsInput extends SloFilter, PageInput<{ id: string }> {
  /** Omitted: every month. */
  readonly month?: string | undefined;
}

interface RestatementRow {
  entry: string;
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
  const { after, limit, tier = null, owner = null, eventType = null } = input;
  const asked = [month, after?.id ?? null, limit, tier, owner, eventType];
  const rows = await ctx.database.sql.rows<RestatementRow>(restatementsStatement, asked);
  const entries = [...Map.groupBy(rows, ({ entry }) => entry)].map(([entry, parts]) => toJson(entry, parts));
  return cutPage(entries, limit, ({ id }) => ({ id }));
}

// What one act restated is one entry, however many transactions it took: the newest of its rows names it.
const restatementsStatement = `
WITH concerned AS (
  SELECT r.id, r.month, t.name AS "eventType", r.restated_at AS "restatedAt", r.days, r.causes, r.before, r.after,
         max(r.id) OVER (PARTITION BY coalesce(r.act, r.id::text), r.month) AS entry
    FROM slo_restatement r
    JOIN event_type t ON t.id = r.event_type_id
   WHERE ($1::timestamptz IS NULL OR r.month = $1)
     AND ($4::text IS NULL OR t.tier = $4) AND ($5::text IS NULL OR t.owner = $5) AND ($6::text IS NULL OR t.name = $6)
), page AS (
  SELECT DISTINCT entry FROM concerned WHERE $2::bigint IS NULL OR entry < $2 ORDER BY entry DESC LIMIT $3 + 1
)
SELECT c.entry::text AS entry, c.month, c."eventType", c."restatedAt", c.days, c.causes, c.before, c.after
  FROM concerned c JOIN page USING (entry) ORDER BY c.entry DESC, c.id`;

/** Rows in the order in which they were written. */
function toJson(id: string, rows: readonly RestatementRow[]): SloRestatementJson {
  const [first = raise(), ...others] = rows;
  const last = others.at(-1) ?? first;
  const types = [...Map.groupBy(rows, ({ eventType }) => eventType)];
  const causes = rows.flatMap((row) => row.causes);
  return {
    id,
    month: formatMonth(first.month),
    eventTypes: types.map(([name]) => name).sort(),
    restatedAt: formatInstant(last.restatedAt),
    days: [...new Set(rows.flatMap(({ days }) => days.map(formatDay)))].sort(),
    causes: [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()].map(
      ({ cause, actor, reason }) => ({
        cause,
        by: actor ?? (cause === "reports" ? "late reports" : cause === "time" ? "time" : "the catalogue"),
        why: reason ?? whyOf(cause),
      }),
    ),
    before: figuresOf(addCounts(types.map(([, parts]) => parts[0]?.before ?? noCounts()))),
    after: figuresOf(addCounts(types.map(([, parts]) => parts.at(-1)?.after ?? noCounts()))),
  };
}

function raise(): never {
  throw new Error("A restatement has at least one row.");
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
