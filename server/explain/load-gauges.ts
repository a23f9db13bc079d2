import type { BacklogFact } from "#domain/explain.ts";
import { type Stage, stages } from "#domain/protocol.ts";
import type { Sql } from "#server/db/database.ts";
import { laneKey } from "./load-lane-history.ts";

export interface Mark {
  watermark: Date;
  observedAt: Date;
}

/** By laneKey. */
export async function loadMarks(sql: Sql, ids: readonly number[]): Promise<ReadonlyMap<string, Mark>> {
  const { rows } = await sql.query<Mark & { id: number; dc: string }>(
    `SELECT w.event_type_id AS id, d.name AS dc, w.watermark, w.observed_at AS "observedAt"
       FROM watermark w JOIN datacenter d ON d.id = w.datacenter_id WHERE w.event_type_id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, dc, watermark, observedAt }) => [laneKey(id, dc), { watermark, observedAt }]));
}

interface BacklogRow {
  id: number;
  dc: string;
  stage: number;
  oldestAgeSeconds: number;
  messages: bigint | null;
  observedAt: Date;
}

/** By laneKey. Gauges without a datacenter cannot locate a problem. */
export async function loadBacklogs(sql: Sql, ids: readonly number[]): Promise<ReadonlyMap<string, BacklogFact[]>> {
  const { rows } = await sql.query<BacklogRow>(
    `SELECT b.event_type_id AS id, d.name AS dc, b.stage, b.oldest_age_seconds AS "oldestAgeSeconds", b.messages,
            b.observed_at AS "observedAt"
       FROM backlog b JOIN datacenter d ON d.id = b.datacenter_id WHERE b.event_type_id = ANY ($1)`,
    [ids],
  );
  const grouped = Map.groupBy(rows, ({ id, dc }) => laneKey(id, dc));
  return new Map([...grouped].map(([key, gauges]) => [key, gauges.map(toFact)]));
}

function toFact({ stage, oldestAgeSeconds, messages, observedAt }: BacklogRow): BacklogFact {
  return {
    stage: stages[stage - 1] as Stage,
    oldestAgeSeconds,
    messages: messages === null ? null : Number(messages),
    observedAt,
  };
}
