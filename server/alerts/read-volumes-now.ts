import { newsSeconds, type VolumeNow } from "#domain/alert.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { readVolumeBaselines, type VolumeKey, type VolumeMemory } from "#server/volume/index.ts";

/** Event type → expected and actual count of its last closed hour, in total and by datacenter. */
export type Volumes = ReadonlyMap<string, readonly VolumeNow[]>;

/** For every type whose last closed hour is news. Takes seconds with hundreds of types that all have a new hour. */
export async function readVolumesNow({ ctx, memory }: { ctx: Context; memory: VolumeMemory }): Promise<Volumes> {
  requireScope(ctx, "read");
  const hours = await findLastHours(ctx.database.sql, ctx.clock.now());
  const baselines = await readVolumeBaselines({ ctx, input: { hours, memory } });
  const volumes = baselines.flatMap(({ eventType, hour, datacenter, observed, expected, low, high, drop }) =>
    observed === null || expected === null || low === null || high === null
      ? []
      : { eventType, volume: { hour, datacenter, expected, low, high, counted: observed, isDrop: drop } },
  );
  const byType = Map.groupBy(volumes, ({ eventType }) => eventType);
  return new Map([...byType].map(([eventType, found]) => [eventType, found.map(({ volume }) => volume)]));
}

async function findLastHours(sql: Sql, now: Date): Promise<VolumeKey[]> {
  return sql.rows<VolumeKey>(
    `SELECT t.name AS "eventType", last.hour
       FROM event_type t
       CROSS JOIN LATERAL (
         SELECT v.hour FROM verdict v
          WHERE v.event_type_id = t.id AND v.hour > $1::timestamptz - interval '4 days' AND v.hour < $1 AND v.closed_at IS NOT NULL
          ORDER BY v.hour DESC LIMIT 1) last
      WHERE t.claimed_at IS NOT NULL AND last.hour + interval '1 hour' > greatest(t.claimed_at, t.active_from)
        AND EXISTS (SELECT FROM verdict v WHERE v.event_type_id = t.id AND v.hour = last.hour AND v.closed_at > $2)`,
    [now, new Date(now.getTime() - newsSeconds * 1000)],
  );
}
