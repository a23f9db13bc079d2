import type { TypeLagJson } from "#domain/api/lateness.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { findEventType } from "#server/verdicts/index.ts";
import { type LagRange, type LagSpans, lagSpansOf, lagsBySpan } from "./lag-spans.ts";

/** How far an event type was behind at each datacenter that it expects, from the samples of its lanes. */
export async function readTypeLag({
  ctx,
  input: { name, ...range },
}: Call<LagRange & { name: string }>): Promise<TypeLagJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const { id } = await findEventType(sql, name);
  const spans = lagSpansOf(range, now);
  const byDatacenter = Map.groupBy(await loadTypeLags(sql, id, spans), ({ datacenter }) => datacenter);
  return {
    eventType: name,
    from: formatInstant(spans.firstEnd),
    stepSeconds: spans.stepSeconds,
    datacenters: [...byDatacenter].map(([datacenter, samples]) => ({
      name: datacenter,
      lagSeconds: lagsBySpan(samples, spans),
    })),
    asOf: formatInstant(now),
  };
}

interface TypeLag {
  datacenter: string;
  atMs: number;
  /** null: the lane had no watermark. */
  lagSeconds: number | null;
}

/** Of each span its last sample, by the datacenter's name. */
async function loadTypeLags(sql: Sql, eventTypeId: number, spans: LagSpans): Promise<TypeLag[]> {
  return sql.rows<TypeLag>(
    `WITH picked AS (
       SELECT datacenter_id, max(at) AS at FROM lane_sample
        WHERE at > $1 AND at <= $2
        GROUP BY datacenter_id, floor(date_part('epoch', at) / $3::int)
     )
     SELECT d.name AS datacenter, date_part('epoch', p.at) * 1000 AS "atMs",
            -- a look-up in each array: unnesting them would make a row of every other type
            date_part('epoch', p.at - m.watermarks[array_position(m.event_type_ids, $4::int)]) AS "lagSeconds"
       FROM picked p
       JOIN lane_sample m ON m.datacenter_id = p.datacenter_id AND m.at = p.at
       JOIN datacenter d ON d.id = p.datacenter_id AND d.claimed_at IS NOT NULL
       JOIN event_type t ON t.id = $4 AND (t.datacenters = '{}' OR d.name = ANY (t.datacenters))
      ORDER BY d.name, p.at`,
    [spans.after, spans.to, spans.stepSeconds, eventTypeId],
  );
}
