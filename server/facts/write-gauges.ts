import { type Batch, type SingleKind, type SingleRowOf, singleKinds } from "#domain/merge.ts";
import { stages } from "#domain/protocol.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import type { Ids } from "./names.ts";

const heartbeats = bulkRows({
  datacenterId: "int",
  component: "text",
  instance: "text",
  version: "text?",
  startedAt: "timestamptz?",
  lastSeenAt: "timestamptz",
});
const deployments = bulkRows({
  source: "text",
  eventId: "text",
  datacenterId: "int?",
  component: "text",
  version: "text",
  deployedAt: "timestamptz",
  deployedBy: "text?",
  url: "text?",
});
const backlogs = bulkRows({
  eventTypeId: "int",
  /** 0: no datacenter given. */
  datacenterId: "int",
  stage: "smallint",
  oldestAgeSeconds: "float8",
  messages: "bigint?",
  observedAt: "timestamptz",
});
const sightings = bulkRows({ id: "int", lastSeenAt: "timestamptz" });

type Write<Kind extends SingleKind> = (tx: Sql, rows: readonly SingleRowOf<Kind>[], ids: Ids) => Promise<void>;

const writers: { readonly [Kind in SingleKind]: Write<Kind> } = {
  heartbeat: writeHeartbeats,
  deployment: writeDeployments,
  backlog: writeBacklogs,
};

/** The rows of the kinds of which a message is one row, in the order of singleKinds. */
export async function writeSingles(tx: Sql, batch: Batch, ids: Ids): Promise<void> {
  for (const kind of singleKinds) await writeRows(tx, batch, ids, kind);
}

async function writeRows<Kind extends SingleKind>(tx: Sql, batch: Batch, ids: Ids, kind: Kind): Promise<void> {
  const rows = [...batch[kind].values()] as SingleRowOf<Kind>[];
  if (rows.length > 0) await writers[kind](tx, rows, ids);
}

/**
 * The latest heartbeat per instance wins; ties are broken as in `domain/merge`. One of a later start than the last that was seen keeps when
 * that was: the instance was down in between.
 */
async function writeHeartbeats(tx: Sql, rows: readonly SingleRowOf<"heartbeat">[], ids: Ids): Promise<void> {
  await tx.query(
    `INSERT INTO component_instance AS old (${heartbeats.names})
     SELECT * FROM ${heartbeats.from("h")} ORDER BY 1, 2, 3
     ON CONFLICT (datacenter_id, component, instance) DO UPDATE SET
       version = excluded.version, started_at = excluded.started_at, last_seen_at = excluded.last_seen_at,
       down_from = CASE WHEN excluded.started_at > old.last_seen_at THEN old.last_seen_at ELSE old.down_from END
       WHERE (excluded.last_seen_at, coalesce(excluded.version, '') COLLATE "C", coalesce(excluded.started_at, '-infinity'))
           > (old.last_seen_at, coalesce(old.version, '') COLLATE "C", coalesce(old.started_at, '-infinity'))`,
    heartbeats.values(rows.map((row) => ({ ...row, datacenterId: ids.datacenter(row.dc), lastSeenAt: row.time }))),
  );
}

/** A deployment is one message, with CloudEvents' source and id as key. */
async function writeDeployments(tx: Sql, rows: readonly SingleRowOf<"deployment">[], ids: Ids): Promise<void> {
  const reported = rows.map((row) => ({
    ...row,
    eventId: row.id,
    datacenterId: row.dc === null ? null : ids.datacenter(row.dc),
    deployedAt: row.time,
  }));
  await tx.query(
    `INSERT INTO deployment (${deployments.names})
     SELECT * FROM ${deployments.from("d")} ORDER BY 1, 2
     ON CONFLICT (source, event_id) DO NOTHING`,
    deployments.values(reported),
  );
}

/** The latest gauge per (type, datacenter, stage) wins; of ties, the worse. */
async function writeBacklogs(tx: Sql, rows: readonly SingleRowOf<"backlog">[], ids: Ids): Promise<void> {
  const reported = rows.map((row) => ({
    ...row,
    eventTypeId: ids.eventType(row.eventType),
    datacenterId: row.dc === null ? 0 : ids.datacenter(row.dc),
    stage: stages.indexOf(row.stage) + 1,
    observedAt: row.time,
  }));
  await tx.query(
    `INSERT INTO backlog AS old (${backlogs.names})
     SELECT * FROM ${backlogs.from("b")} ORDER BY 1, 2, 3
     ON CONFLICT (event_type_id, datacenter_id, stage) DO UPDATE SET
       oldest_age_seconds = excluded.oldest_age_seconds, messages = excluded.messages, observed_at = excluded.observed_at
       WHERE (excluded.observed_at, excluded.oldest_age_seconds, coalesce(excluded.messages, -1))
           > (old.observed_at, old.oldest_age_seconds, coalesce(old.messages, -1))`,
    backlogs.values(reported),
  );
}

/** When each datacenter was last heard, by event time. Last in the transaction, because every batch locks these rows. */
export async function writeLastSeen(tx: Sql, lastSeen: ReadonlyMap<number, Date>): Promise<void> {
  if (lastSeen.size === 0) return;
  await tx.query(
    `WITH seen AS (SELECT * FROM ${sightings.from("s")}),
     -- locked in one order first: UPDATE … FROM promises none
     locked AS (SELECT d.id FROM datacenter d JOIN seen s ON s.id = d.id
                 WHERE d.last_seen_at IS NULL OR d.last_seen_at < s.last_seen_at ORDER BY d.id FOR NO KEY UPDATE OF d)
     UPDATE datacenter d SET last_seen_at = greatest(d.last_seen_at, s.last_seen_at)
       FROM seen s, locked l WHERE d.id = s.id AND d.id = l.id`,
    sightings.values([...lastSeen].map(([id, lastSeenAt]) => ({ id, lastSeenAt }))),
  );
}
