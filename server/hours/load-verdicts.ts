import type { VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, keyColumns } from "./load-facts.ts";

/** A verdict as it stands before a new judgement; what `domain/revision` compares with. */
export interface StoredVerdict {
  state: VerdictState;
  revision: number;
  settled: boolean;
  amended: boolean;
  closedAt: Date | null;
  known: boolean;
  produced: bigint;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
  skewed: bigint;
}

export function verdictKey(key: HourKey): string {
  return `${key.eventTypeId} ${key.hour.getTime()}`;
}

/** The verdict rows of the hours, by verdictKey; hours that are not born are missing. */
export async function loadVerdicts(tx: Sql, keys: readonly HourKey[]): Promise<Map<string, StoredVerdict>> {
  if (keys.length === 0) return new Map();
  const { rows } = await tx.query<StoredVerdict & { eventTypeId: number; hour: Date }>(
    `SELECT v.event_type_id AS "eventTypeId", v.hour, v.state, v.revision, v.settled, v.amended, v.closed_at AS "closedAt",
            v.known, v.produced, v.delivered, v.lost, v.duplicated, v.skewed
       FROM unnest($1::int[], $2::timestamptz[]) AS k(event_type_id, hour)
       -- $3 and $4 let the planner leave other months' partitions out
       JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour = k.hour AND v.hour BETWEEN $3 AND $4`,
    keyColumns(keys),
  );
  return new Map(rows.map((row) => [verdictKey(row), row]));
}
