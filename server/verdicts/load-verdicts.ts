import type { PreviousVerdict } from "#domain/revision.ts";
import type { Sql } from "#server/db/database.ts";
import { asCount, type HourKey, hourKeys, keyColumns } from "./load-facts.ts";

export function verdictKey(key: HourKey): string {
  return `${key.eventTypeId} ${key.hour.getTime()}`;
}

/** Counts of the verdict's lanes, one entry per datacenter, as the driver returns bigint arrays; null: it has none. */
interface Lanes {
  datacenterIds: number[] | null;
  laneProduced: (string | null)[] | null;
  laneDelivered: string[] | null;
}

type Row = HourKey & Omit<PreviousVerdict, "datacenters"> & Lanes;

/** The hours' verdict rows by verdictKey; hours not created yet are missing. */
export async function loadVerdicts(tx: Sql, keys: readonly HourKey[]): Promise<Map<string, PreviousVerdict>> {
  if (keys.length === 0) return new Map();
  const { rows } = await tx.query<Row>(
    `SELECT v.event_type_id AS "eventTypeId", v.hour, v.state, v.revision, v.settled, v.amended, v.closed_at AS "closedAt",
            v.known, v.produced, v.delivered, v.lost, v.duplicated, v.skewed,
            CASE WHEN v.next_due_at > '-infinity' THEN v.next_due_at END AS "nextDueAt",
            v.accepted_by_correction AS "acceptedBy", v.accepted_by_correction IS NOT NULL AS accepted,
            l."datacenterIds", l."laneProduced", l."laneDelivered"
       FROM ${hourKeys.from("k")}
       -- $3 and $4 let the planner leave other months' partitions out
       JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour = k.hour AND v.hour BETWEEN $3 AND $4
       -- compared of settled hours alone, and dear to read
       LEFT JOIN LATERAL (SELECT array_agg(l.datacenter_id) AS "datacenterIds", array_agg(l.produced) AS "laneProduced",
                                 array_agg(l.delivered) AS "laneDelivered"
                            FROM verdict_lane l
                           WHERE v.settled AND l.event_type_id = v.event_type_id AND l.hour = v.hour AND l.hour BETWEEN $3 AND $4) l ON true`,
    keyColumns(keys),
  );
  const names = rows.some(({ datacenterIds }) => datacenterIds) ? await loadNames(tx) : new Map<number, string>();
  return new Map(
    rows.map(({ datacenterIds, laneProduced, laneDelivered, ...row }) => {
      const datacenters = (datacenterIds ?? []).map((id, index) => ({
        name: names.get(id) ?? String(id),
        produced: asCount(laneProduced?.[index] ?? null),
        delivered: asCount(laneDelivered?.[index] ?? null) ?? 0n,
      }));
      return [verdictKey(row), { ...row, datacenters: row.settled ? datacenters : null }];
    }),
  );
}

/** There are few; a name per lane would be most of the data read. */
async function loadNames(tx: Sql): Promise<Map<number, string>> {
  const { rows } = await tx.query<{ id: number; name: string }>("SELECT id, name FROM datacenter");
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A stamp per hour that changes whenever its verdict is rewritten; by verdictKey. */
export async function loadVerdictStamps(sql: Sql, keys: readonly HourKey[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql.query<{ eventTypeId: number; hour: Date; stamp: string }>(
    `SELECT v.event_type_id AS "eventTypeId", v.hour, concat_ws(' ', v.revision, v.state, v.judged_at) AS stamp
       FROM ${hourKeys.from("k")}
       -- $3 and $4 let the planner leave other months' partitions out
       JOIN verdict v ON v.event_type_id = k.event_type_id AND v.hour = k.hour AND v.hour BETWEEN $3 AND $4`,
    keyColumns(keys),
  );
  return new Map(rows.map((row) => [verdictKey(row), row.stamp]));
}
