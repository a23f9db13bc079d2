import { addHours } from "#domain/hour.ts";
import { type Citation, type CitedFact, delaysOf, kindOfSource, type ResourceKind } from "#domain/source.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/** An hour of an event type at a datacenter, by name. */
interface LaneToCite {
  readonly eventType: string;
  readonly datacenter: string;
  readonly hour: Date;
  /** null: not closed. */
  readonly closedAt: Date | null;
}

const asked = bulkRows({
  position: "int",
  eventType: "text",
  datacenter: "text",
  hour: "timestamptz",
  endsAt: "timestamptz",
  closedAt: "timestamptz?",
});

interface Row {
  position: number;
  fact: CitedFact;
  source: string;
  resource: ResourceKind;
}

/**
 * The sources of each lane's facts, in the lanes' order: the closing of an hour that is closed, the watermark and the backlog of one that
 * is not, and the delivered count. A fact that a reporter stated first, or more of, has none.
 */
export async function loadCitations(sql: Sql, lanes: readonly LaneToCite[]): Promise<Citation[][]> {
  const cited: Citation[][] = lanes.map(() => []);
  if (lanes.length === 0) return cited;
  const { rows: sources } = await sql.query<{ name: string; spec: Record<string, unknown> }>(
    "SELECT name, spec FROM source",
  );
  // Planning the statement below takes longer than reading an hour, and most installations have no source.
  if (sources.length === 0) return cited;
  const kinds = new Map(sources.map(({ name, spec }) => [name, kindOfSource(spec)]));
  const rows = lanes.map(({ hour, ...lane }, position) => ({ ...lane, position, hour, endsAt: addHours(hour, 1) }));
  const { rows: found } = await sql.query<Row>(statement, asked.values(rows));
  for (const { position, fact, source, resource } of found) {
    const kind = kinds.get(source);
    const of = cited[position];
    // Two resources of a source that feed a lane are one source.
    if (!kind || !of || of.some((each) => each.fact === fact && each.source === source)) continue;
    of.push({ fact, source, kind, ...delaysOf(kind, resource) });
  }
  return cited;
}

const statement = `
WITH lane AS MATERIALIZED (SELECT * FROM ${asked.from("l")})
SELECT l.position, 'closing' AS fact, f.source, 'job' AS resource
  FROM lane l
  JOIN source_fact f ON f.event_type = l.event_type AND f.datacenter = l.datacenter AND f.first_at = l.closed_at
   -- a watermark is at most ten minutes ahead of its message
   AND f.hour >= l.ends_at AND f.hour <= l.closed_at + interval '1 hour'
   AND (f.about = 'watermark' OR (f.about = 'closing' AND f.hour = l.ends_at))
UNION ALL
SELECT l.position, 'watermark', f.source, 'job'
  FROM lane l
  JOIN event_type t ON t.name = l.event_type
  JOIN datacenter d ON d.name = l.datacenter
  JOIN watermark w ON w.event_type_id = t.id AND w.datacenter_id = d.id
  JOIN source_fact f ON f.event_type = l.event_type AND f.datacenter = l.datacenter AND f.about = 'watermark'
   AND f.hour = date_trunc('hour', w.watermark, 'UTC') AND f.watermark = w.watermark AND f.stated_at = w.observed_at
 WHERE l.closed_at IS NULL
UNION ALL
SELECT l.position, 'delivered', f.source, 'table'
  FROM lane l
  JOIN source_fact f ON f.event_type = l.event_type AND f.datacenter = l.datacenter AND f.about = 'delivered' AND f.hour = l.hour
UNION ALL
SELECT l.position, 'backlog', s.source, s.kind
  FROM lane l
  JOIN event_type t ON t.name = l.event_type
  JOIN datacenter d ON d.name = l.datacenter
  JOIN backlog b ON b.event_type_id = t.id AND b.datacenter_id = d.id
  JOIN source_lane s ON s.event_type = l.event_type AND s.datacenter = l.datacenter AND s.stage = b.stage AND s.gauged_at = b.observed_at
 WHERE l.closed_at IS NULL
 ORDER BY 1, 2, 3`;
