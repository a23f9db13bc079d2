import { addHours, hourOf } from "#domain/hour.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { ensurePartitions } from "#server/db/partitions.ts";

/**
 * Creates a verdict row, to be judged, for each hour that has begun of every claimed type. Returns how many.
 * Run under a lease; running twice at once is harmless, only double work.
 */
export async function createCurrentHours({ ctx }: { ctx: Context }): Promise<number> {
  requireScope(ctx, "admin");
  const through = addHours(hourOf(ctx.clock.now()), 1);
  const [growing] = await ctx.database.sql.rows<{ first: Date | null; until: Date }>(
    `SELECT min(hours_through) AS first, max(least($1, active_to)) AS until FROM event_type
      WHERE claimed_at IS NOT NULL AND hours_through < least($1, active_to)`,
    [through],
  );
  if (!growing?.first) return 0;
  await ensurePartitions(ctx.database, hoursFrom(growing.first, growing.until), ctx.clock.now());
  const { rowCount } = await ctx.database.sql.query(
    `WITH growing AS (
       SELECT t.id, t.hours_through, least($1, t.active_to) AS until,
              coalesce(t.deadline_seconds, tier.deadline_seconds) AS deadline_seconds
         FROM event_type t JOIN tier ON tier.name = t.tier
        WHERE t.claimed_at IS NOT NULL AND t.hours_through < least($1, t.active_to)
        ORDER BY t.id
          -- those of a type that a judge or a catalogue change holds are created by the next turn: the judge does not wait for them
          FOR NO KEY UPDATE OF t SKIP LOCKED
     ), advanced AS (
       UPDATE event_type t SET hours_through = g.until FROM growing g WHERE t.id = g.id
     )
     INSERT INTO verdict (event_type_id, hour, state, deadline_at, next_due_at)
     SELECT g.id, h, 'open', h + interval '1 hour' + make_interval(secs => g.deadline_seconds), '-infinity'
       FROM growing g, generate_series(g.hours_through, g.until - interval '1 hour', interval '1 hour') h
     ON CONFLICT DO NOTHING`,
    [through],
  );
  return rowCount ?? 0;
}

function* hoursFrom(first: Date, until: Date): Generator<Date> {
  for (let hour = first; hour < until; hour = addHours(hour, 1)) yield hour;
}
