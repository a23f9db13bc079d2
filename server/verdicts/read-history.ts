import type { HistoryJson } from "#domain/api/history.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { findEventType } from "./find-event-type.ts";

const dayMs = 86_400_000;
/** A chart with more marks than this is unreadable. */
const maxDeployments = 200;

export interface ReadHistoryInput {
  eventType: string;
  /** Whole UTC days before today, plus today. */
  days: number;
}

/** A type's hours of the last days as columns, for its trend charts. */
export async function readHistory({ ctx, input }: Call<ReadHistoryInput>): Promise<HistoryJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const type = await findEventType(sql, input.eventType);
  const from = new Date(Math.floor(now.getTime() / dayMs - input.days) * dayMs);
  const to = addHours(hourOf(now), 1);
  const [hours, deployments, deadlineSeconds] = await Promise.all([
    loadHours(sql, type.id, from, to),
    loadDeployments(sql, from, to),
    loadDeadline(sql, type.id),
  ]);
  const count = (to.getTime() - from.getTime()) / 3_600_000;
  const column = (pick: (row: HistoryRow) => number | null) =>
    Array.from({ length: count }, (_, at) => {
      const row = hours.get(from.getTime() + at * 3_600_000);
      return row === undefined ? null : pick(row);
    });
  return {
    eventType: type.name,
    from: formatHour(from),
    deadlineSeconds,
    closingDelaySeconds: column((row) => row.delay),
    produced: column((row) => row.produced),
    lost: column((row) => row.lost),
    duplicated: column((row) => row.duplicated),
    skewed: column((row) => row.skewed),
    deployments,
    asOf: formatInstant(now),
  };
}

interface HistoryRow {
  hour: Date;
  delay: number | null;
  produced: number;
  lost: number;
  duplicated: number;
  skewed: number;
}

/** Figures of unclosed hours are incomplete: they say nothing about loss. */
async function loadHours(sql: Sql, id: number, from: Date, to: Date): Promise<Map<number, HistoryRow>> {
  const { rows } = await sql.query<HistoryRow>(
    `SELECT hour, round(extract(epoch FROM closed_at - hour) - 3600)::float8 AS delay, produced::float8,
            CASE WHEN closed_at IS NULL THEN 0 ELSE lost::float8 END AS lost, duplicated::float8, skewed::float8
       FROM verdict WHERE event_type_id = $1 AND hour >= $2 AND hour < $3 AND revision > 0`,
    [id, from, to],
  );
  return new Map(rows.map((row) => [row.hour.getTime(), row]));
}

async function loadDeadline(sql: Sql, id: number): Promise<number> {
  const { rows } = await sql.query<{ seconds: number }>(
    `SELECT coalesce(t.deadline_seconds, tier.deadline_seconds) AS seconds
       FROM event_type t JOIN tier ON tier.name = t.tier WHERE t.id = $1`,
    [id],
  );
  return rows[0]?.seconds ?? 0;
}

async function loadDeployments(sql: Sql, from: Date, to: Date): Promise<HistoryJson["deployments"]> {
  const { rows } = await sql.query<Omit<HistoryJson["deployments"][number], "deployedAt"> & { deployedAt: Date }>(
    `SELECT p.id::text, p.component, p.version, d.name AS datacenter, p.deployed_at AS "deployedAt"
       FROM deployment p LEFT JOIN datacenter d ON d.id = p.datacenter_id
      WHERE p.deployed_at >= $1 AND p.deployed_at < $2
      ORDER BY p.deployed_at DESC LIMIT $3`,
    [from, to, maxDeployments],
  );
  return rows.map((row) => ({ ...row, deployedAt: formatInstant(row.deployedAt) }));
}
