import type { StatusJson } from "#domain/api/board.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { readMetricExport } from "#server/metric-export/index.ts";
import { readBehind, readIntakes } from "#server/turns/index.ts";
import { readLastIngest } from "./read-last-ingest.ts";
import { readTaskProgress } from "./read-task-progress.ts";
import { telemetryAgeSeconds } from "./verdict-json.ts";

/** The process's own figures. */
export interface StatusInput {
  version: string;
  drill: boolean;
  pubsub: boolean;
  /** null: metrics are not exported. */
  metricExportProject: string | null;
}

/** Tidemark's own progress. */
export async function readStatus({ ctx, input }: Call<StatusInput>): Promise<StatusJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  // In this order: a message counted here is committed, and its marks are then counted next.
  const { lastIngestAt, messages, rejected, unstored } = await readLastIngest(sql, now);
  const intakes = await readIntakes(sql);
  return {
    now: formatInstant(now),
    dirtyHours: await countDirtyHours(sql, now),
    lastIngestAt: lastIngestAt && formatInstant(lastIngestAt),
    telemetryAgeSeconds: telemetryAgeSeconds(lastIngestAt, now),
    version: input.version,
    clock: { speed: ctx.clock.speed, drill: input.drill },
    ingest: {
      messages: Number(messages),
      rejected: Number(rejected),
      unstored: Number(unstored),
      pubsub: input.pubsub,
      intakes: intakes.map(({ name, standingSince, reason }) => ({
        name,
        standingSince: standingSince && formatInstant(standingSince),
        reason,
      })),
    },
    rejudging: await readTaskProgress(sql),
    metricExport: await readMetricExport(sql, input.metricExportProject),
    behind: await readBehind(sql, { clock: ctx.clock, pubsub: input.pubsub, intakes }),
  };
}

/**
 * Counts, each once, hours whose facts changed, hours that time made due, and hours without a verdict row yet because they just began or
 * were just claimed. Hours pending only for a catalogue change reflect every committed message and are excluded.
 */
async function countDirtyHours(sql: Sql, now: Date): Promise<number> {
  const { rows } = await sql.query<{ hours: number }>(
    `SELECT ((SELECT count(*) FROM (SELECT event_type_id, hour FROM dirty_hour
                                    UNION
                                    SELECT event_type_id, hour FROM verdict WHERE next_due_at <= $1) waiting)
             + (SELECT coalesce(sum(ceil(extract(epoch FROM least($2, active_to) - hours_through) / 3600)), 0) FROM event_type
                 WHERE claimed_at IS NOT NULL AND hours_through < least($2, active_to))
             + (SELECT coalesce(sum(extract(epoch FROM next_hour - from_hour) / 3600), 0) FROM hour_task
                 WHERE action = 'create' AND next_hour > from_hour))::float8 AS hours`,
    [now, addHours(hourOf(now), 1)],
  );
  return rows[0]?.hours ?? 0;
}
