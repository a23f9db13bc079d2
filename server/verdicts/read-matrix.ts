import type { MatrixJson } from "#domain/api/matrix.ts";
import type { Hour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import {
  emptyMatrix,
  encodeMatrix,
  type Matrix,
  ratioSteps,
  readStateLetter,
  resolveMatrixRange,
  toDelayCode,
  toRatioCode,
} from "#domain/matrix.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { Invalid } from "#server/errors.ts";
import { stateLetterOf } from "./state-letter.ts";

const hourMs = 3_600_000;
const billion = 1_000_000_000;

export interface ReadMatrixInput {
  /** Included; absent: 31 days before `to`. */
  from?: string | undefined;
  /** Excluded; absent: through the current hour. */
  to?: string | undefined;
}

/** Every claimed type's hours in the range, as the judges stored them, updated for what time alone changed since. */
export async function readMatrix({ ctx, input }: Call<ReadMatrixInput>): Promise<MatrixJson> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { from, to, fault } = resolveMatrixRange(input, now);
  if (fault) throw new Invalid(fault.detail, [fault]);
  const matrix = fillMatrix(await loadMatrix(ctx.database.sql, from, to, now), from, to);
  return { ...encodeMatrix(matrix), asOf: formatInstant(now) };
}

/** All types' verdicts of one hour; the lists' entries correspond by index. */
interface HourRow {
  /** null: the one row that lists the types. */
  ms: number | null;
  types: MatrixTypeRow[] | null;
  ids: string;
  /** One letter each. */
  states: string;
  delays: string;
  /** In parts per billion, like the counts below. */
  skews: string;
  /** "id lost duplicated", for types with any. */
  counts: string | null;
  troubles: string | null;
}

interface MatrixTypeRow {
  id: number;
  name: string;
  owner: string;
  tier: string;
  deadline: number;
}

interface Trouble {
  id: number;
  /** null: none is to blame. */
  datacenters: string[] | null;
}

// Ratios are returned as doubles: an hour with nothing produced and the maximum delivered overflows bigint.
// One row per hour, not per verdict: transferring a month's 372,000 rows costs the driver more than the statement.
// verdict is stored hour by hour on disk, so it is read in one pass.
async function loadMatrix(sql: Sql, from: Hour, to: Hour, now: Date): Promise<HourRow[]> {
  return sql.rows<HourRow>(
    `WITH cell AS (
       SELECT v.hour, v.event_type_id AS id, v.amended, v.accepted_by_correction, v.closed_at,
              -- the judges may be a moment behind: what time alone leads to, it has led to
              CASE WHEN v.closed_at IS NULL AND v.state IN ('open', 'closing') AND v.hour + interval '1 hour' <= $3
                   THEN CASE WHEN v.deadline_at < $3 THEN 'late' ELSE 'closing' END ELSE v.state END AS state,
              CASE WHEN v.closed_at IS NOT NULL THEN v.lost::float8 * 1e9 / greatest(v.produced, 1) ELSE 0 END AS lost,
              CASE WHEN v.closed_at IS NOT NULL THEN v.duplicated::float8 * 1e9 / greatest(v.produced, 1) ELSE 0 END AS duplicated,
              CASE WHEN v.closed_at IS NOT NULL THEN v.skewed::float8 * 1e9 / greatest(v.delivered, 1) ELSE 0 END AS skewed
         FROM verdict v
        WHERE v.hour >= $1 AND v.hour < $2 AND v.revision > 0
     )
     SELECT date_part('epoch', hour) * 1000 AS ms, NULL::jsonb AS types,
            string_agg(id::text, ',') AS ids,
            string_agg(${stateLetterOf("cell")}, '') AS states,
            string_agg(coalesce(ceil(date_part('epoch', closed_at - hour) - 3600)::text, ''), ',') AS delays,
            string_agg(ceil(skewed)::text, ',') AS skews,
            string_agg(id || ' ' || ceil(lost) || ' ' || ceil(duplicated), ',')
              FILTER (WHERE lost > 0 OR duplicated > 0) AS counts,
            json_agg(json_build_object('id', id, 'datacenters',
              (SELECT json_agg(l.datacenter) FROM lane_figures l
                WHERE l.event_type_id = cell.id AND l.hour = cell.hour
                  AND CASE WHEN cell.closed_at IS NULL THEN l.closed_at IS NULL ELSE NOT l.known OR l.lost > 0 OR l.duplicated > 0 END)))
              FILTER (WHERE state NOT IN ('complete', 'open', 'verifying'))::text AS troubles
       FROM cell GROUP BY hour
     UNION ALL
     SELECT NULL, jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'owner', t.owner, 'tier', t.tier,
                              'deadline', coalesce(t.deadline_seconds, tier.deadline_seconds)) ORDER BY t.name),
            '', '', '', '', NULL, NULL
       FROM event_type t JOIN tier ON tier.name = t.tier
      WHERE t.claimed_at IS NOT NULL AND t.active_from < $2 AND (t.active_to IS NULL OR t.active_to > $1)`,
    [from, to, now],
  );
}

function fillMatrix(hours: readonly HourRow[], from: Hour, to: Hour): Matrix {
  const types = hours.flatMap((row) => row.types ?? []);
  const troubledBy = types.map(() => new Set<string>());
  const rowOf = new Map(types.map(({ id }, row) => [id, row]));
  const matrix = emptyMatrix(
    from,
    Math.round((to.getTime() - from.getTime()) / hourMs),
    types.map(({ name, owner, tier, deadline }) => {
      return { eventType: name, owner, tier, deadlineSeconds: deadline, troubledBy: [] };
    }),
  );
  for (const hour of hours) {
    if (hour.ms === null) continue;
    fillHour(matrix, hour, Math.round((hour.ms - from.getTime()) / hourMs), rowOf);
    for (const { id, datacenters } of JSON.parse(hour.troubles ?? "[]") as Trouble[]) {
      for (const name of datacenters ?? []) troubledBy[rowOf.get(id) ?? -1]?.add(name);
    }
  }
  for (const [row, type] of matrix.types.entries()) type.troubledBy = [...(troubledBy[row] ?? [])].sort();
  return matrix;
}

function fillHour(matrix: Matrix, hour: HourRow, column: number, rowOf: ReadonlyMap<number, number>): void {
  const delays = hour.delays.split(",");
  const skews = hour.skews.split(",");
  for (const [index, id] of hour.ids.split(",").entries()) {
    const row = rowOf.get(Number(id));
    if (row === undefined) continue;
    const cell = row * matrix.hours + column;
    matrix.states[cell] = readStateLetter(hour.states.charCodeAt(index));
    const delay = delays[index];
    matrix.delays[cell] = toDelayCode(delay ? Number(delay) : null, matrix.types[row]?.deadlineSeconds ?? 0);
    matrix.skewed[cell] = toRatioCode(Number(skews[index]) / billion, ratioSteps.skewed);
  }
  for (const entry of hour.counts?.split(",") ?? []) {
    const [id = 0, lost = 0, duplicated = 0] = entry.split(" ").map(Number);
    const row = rowOf.get(id);
    if (row === undefined) continue;
    matrix.lost[row * matrix.hours + column] = toRatioCode(lost / billion, ratioSteps.lost);
    matrix.duplicated[row * matrix.hours + column] = toRatioCode(duplicated / billion, ratioSteps.duplicated);
  }
}
