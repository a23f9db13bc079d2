import { type Call, type Context, requireAnyScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import type { DeletedName } from "#server/db/generated/client.ts";
import { lockIngestGate } from "#server/db/ingest-gate.ts";
import { laneHourKeys, recountTotals } from "#server/facts/index.ts";
import { forgetProducedHours } from "./forget-produced-hours.ts";

export type NameKind = "event_type" | "datacenter" | "reporter";

interface Lane {
  eventTypeId: number;
  hour: Date;
  datacenterId: number;
}

const lanesFound = 2_000;
const lanesAtOnce = 50;

/** Deletes the facts of deleted names in batches that hold the ingest gate briefly. After a crash the next caller continues. Returns the number of batches. */
export async function purgeDeletedNames({ ctx, input }: Call<{ forMs?: number }>): Promise<number> {
  requireAnyScope(ctx, "write", "admin");
  const endMs = performance.now() + (input.forMs ?? Number.POSITIVE_INFINITY);
  let batches = 0;
  while (performance.now() < endMs) {
    const name = await findUnpurged(ctx.database.sql);
    if (!name) break;
    const lanes = await findLanes(ctx.database.sql, name);
    for (let at = 0; at < lanes.length && performance.now() < endMs; at += lanesAtOnce) {
      await purgeLanes(ctx, name, lanes.slice(at, at + lanesAtOnce));
      batches += 1;
    }
    if (lanes.length === 0) {
      await finish(ctx, name);
      batches += 1;
    }
  }
  return batches;
}

type Unpurged = Pick<DeletedName, "id" | "nameId"> & { kind: NameKind };

async function findUnpurged(sql: Sql): Promise<Unpurged | null> {
  const { rows } = await sql.query<Unpurged>(
    `SELECT id, kind, name_id AS "nameId" FROM deleted_name WHERE purged_at IS NULL ORDER BY id LIMIT 1`,
  );
  return rows[0] ?? null;
}

const lanesOf: Record<NameKind, string> = {
  event_type: "SELECT event_type_id, hour, datacenter_id FROM lane_total WHERE event_type_id = $1",
  datacenter: "SELECT event_type_id, hour, datacenter_id FROM lane_total WHERE datacenter_id = $1",
  reporter: `SELECT r.event_type_id, r.hour, r.datacenter_id FROM report r
               JOIN event_type t ON t.id = r.event_type_id AND t.claimed_at IS NULL WHERE r.reporter_id = $1`,
};

async function findLanes(sql: Sql, { kind, nameId }: Unpurged): Promise<Lane[]> {
  return sql.rows<Lane>(
    `SELECT DISTINCT event_type_id AS "eventTypeId", hour, datacenter_id AS "datacenterId"
       FROM (${lanesOf[kind]} LIMIT $2) found ORDER BY 1, 2, 3`,
    [nameId, lanesFound],
  );
}

async function purgeLanes(ctx: Context, { kind, nameId }: Unpurged, lanes: readonly Lane[]): Promise<void> {
  const columns = laneHourKeys.values(lanes);
  const key = laneHourKeys.from("k");
  const same = "f.event_type_id = k.event_type_id AND f.hour = k.hour AND f.datacenter_id = k.datacenter_id";
  await ctx.database.transaction(async (tx) => {
    await lockIngestGate(tx);
    if (kind === "reporter") {
      await tx.query(`DELETE FROM report f USING ${key} WHERE ${same} AND f.reporter_id = $4`, [...columns, nameId]);
    } else {
      for (const table of ["report", "report_packed"])
        await tx.query(`DELETE FROM ${table} f USING ${key} WHERE ${same}`, columns);
    }
    await recountTotals(tx, lanes);
    for (const [datacenterId, ofDatacenter] of Map.groupBy(lanes, (lane) => lane.datacenterId)) {
      const hours = ofDatacenter.map(({ hour }) => hour);
      await forgetProducedHours(tx, datacenterId, hours);
    }
    await tx.query("SELECT pg_notify('tidemark_dirty', '')");
  });
}

const restOf: Record<NameKind, readonly string[]> = {
  event_type: [
    // no judge takes marks of a type that no longer exists
    "dirty_hour",
    "reporter_hours",
    "hour_marker",
    "watermark",
    "closing_step",
    "closing_mark",
    "backlog",
    "set_aside_mark",
    "set_aside_marker",
  ],
  datacenter: ["produced_hour", "hour_marker", "watermark", "closing_step", "closing_mark", "backlog"],
  reporter: [],
};

/** Its counts are gone: deletes the rest at once. */
async function finish(ctx: Context, { id, kind, nameId }: Unpurged): Promise<void> {
  await ctx.database.transaction(async (tx) => {
    for (const table of restOf[kind]) await tx.query(`DELETE FROM ${table} WHERE ${kind}_id = $1`, [nameId]);
    await tx.prisma.deletedName.update({ where: { id }, data: { purgedAt: ctx.clock.now() } });
  });
}
