import type { LaneSamples } from "#domain/situation/facts.ts";
import type { Sql } from "#server/db/database.ts";
import type { IncidentLane } from "./load-incident-places.ts";
import { laneKey } from "./load-lane-history.ts";
import { lanesNow } from "./record-samples.ts";

export interface PlaceMinutes {
  atMs: number[];
  heardMs: (number | null)[];
  /** By laneKey. */
  lanes: Map<string, Columns>;
}

type Columns = { [Key in keyof LaneSamples]: LaneSamples[Key][number][] };

interface SampleRow {
  dc: string;
  atMs: number;
  heardMs: number | null;
  /** `type:mark:from hour:produced:published:delivered:skewed`, comma-separated, instants in ms; missing values empty. */
  lanes: string | null;
}

const ms = (column: string) => `coalesce((date_part('epoch', ${column}) * 1000)::bigint::text, '')`;
const count = (column: string) => `coalesce(${column}::text, '')`;
const written = `string_agg(concat_ws(':', s.event_type_id, ${ms("s.watermark")}, ${ms("s.from_hour")}, ${count("s.produced")},
                                      ${count("s.published")}, ${count("s.delivered")}, s.skewed), ',')`;

/**
 * The minutes of the lanes' datacenters from an instant on, and as they are now. Those far from it and from now are thinned to every
 * fifth. By datacenter.
 */
export async function loadSamples(
  sql: Sql,
  lanes: readonly IncidentLane[],
  { from, around, now }: { from: Date; around: Date; now: Date },
): Promise<ReadonlyMap<string, PlaceMinutes>> {
  const ids = [...new Set(lanes.map(({ datacenterId }) => datacenterId))];
  const types = [...new Set(lanes.map(({ eventTypeId }) => eventTypeId))];
  const past = await sql.query<SampleRow>(
    `SELECT d.name AS dc, date_part('epoch', m.at) * 1000 AS "atMs", date_part('epoch', m.heard_at) * 1000 AS "heardMs", ${written} AS lanes
       FROM lane_sample m
       JOIN datacenter d ON d.id = m.datacenter_id
      CROSS JOIN LATERAL unnest(m.event_type_ids, m.watermarks, m.from_hours, m.produced, m.published, m.delivered, m.skewed)
              AS s(event_type_id, watermark, from_hour, produced, published, delivered, skewed)
      WHERE m.datacenter_id = ANY ($1) AND s.event_type_id = ANY ($2) AND m.at BETWEEN $3 AND $5
        AND (m.at > $5::timestamptz - interval '2 hours' OR m.at < $4::timestamptz + interval '2 hours'
             OR date_part('minute', m.at)::int % 5 = 0)
      GROUP BY d.name, m.at, m.heard_at ORDER BY m.at`,
    [ids, types, from, around, now],
  );
  const current = await sql.query<SampleRow>(
    `SELECT d.name AS dc, date_part('epoch', $1::timestamptz) * 1000 AS "atMs", date_part('epoch', d.last_seen_at) * 1000 AS "heardMs", ${written} AS lanes
       FROM (${lanesNow}) s JOIN datacenter d ON d.id = s.datacenter_id
      WHERE s.event_type_id = ANY ($3) GROUP BY d.id`,
    [now, ids, types],
  );
  const places = new Map<string, PlaceMinutes>();
  for (const row of [...past.rows, ...current.rows]) addRow(places, row);
  return places;
}

function addRow(places: Map<string, PlaceMinutes>, { dc, atMs, heardMs, lanes }: SampleRow): void {
  const place = places.get(dc) ?? { atMs: [], heardMs: [], lanes: new Map<string, Columns>() };
  places.set(dc, place);
  // The sample of this very instant.
  if (place.atMs.at(-1) === atMs) return;
  place.atMs.push(atMs);
  place.heardMs.push(heardMs);
  const minutes = place.atMs.length;
  for (const text of lanes?.split(",") ?? []) {
    const [type, mark, fromHour, produced, published, delivered, skewed] = text.split(":");
    const key = laneKey(Number(type), dc);
    const columns = place.lanes.get(key) ?? emptyColumns();
    place.lanes.set(key, columns);
    // A lane that began, or was not sampled for a while.
    while (columns.markMs.length < minutes - 1) push(columns);
    push(columns, { mark, fromHour, produced, published, delivered, skewed });
  }
}

function emptyColumns(): Columns {
  return { markMs: [], fromHourMs: [], produced: [], published: [], delivered: [], skewed: [] };
}

function push(
  columns: Columns,
  row: Partial<
    Record<"mark" | "fromHour" | "produced" | "published" | "delivered" | "skewed", string | undefined>
  > = {},
): void {
  const known = (text: string | undefined) => (text ? Number(text) : null);
  columns.markMs.push(known(row.mark));
  columns.fromHourMs.push(known(row.fromHour) ?? 0);
  columns.produced.push(known(row.produced));
  columns.published.push(known(row.published));
  columns.delivered.push(known(row.delivered));
  columns.skewed.push(known(row.skewed) ?? 0);
}
