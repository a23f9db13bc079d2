import type { Sql } from "#server/db/database.ts";

export interface HeartbeatRow {
  datacenterId: number;
  component: string;
  instance: string;
  version: string | null;
  startedAt: Date | null;
  time: Date;
}

export interface DeploymentRow {
  source: string;
  id: string;
  datacenterId: number | null;
  component: string;
  version: string;
  deployedBy: string | null;
  url: string | null;
  time: Date;
}

export interface BacklogRow {
  eventTypeId: number;
  /** 0: no datacenter given. */
  datacenterId: number;
  stage: number;
  oldestAgeSeconds: number;
  messages: number | null;
  time: Date;
}

/** The latest heartbeat per instance wins; ties are broken as in `domain/merge`. */
export async function writeHeartbeats(tx: Sql, rows: readonly HeartbeatRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO component_instance AS old (datacenter_id, component, instance, version, started_at, last_seen_at)
     SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[]) ORDER BY 1, 2, 3
     ON CONFLICT (datacenter_id, component, instance) DO UPDATE SET
       version = excluded.version, started_at = excluded.started_at, last_seen_at = excluded.last_seen_at
       WHERE (excluded.last_seen_at, coalesce(excluded.version, '') COLLATE "C", coalesce(excluded.started_at, '-infinity'))
           > (old.last_seen_at, coalesce(old.version, '') COLLATE "C", coalesce(old.started_at, '-infinity'))`,
    [
      rows.map((row) => row.datacenterId),
      rows.map((row) => row.component),
      rows.map((row) => row.instance),
      rows.map((row) => row.version),
      rows.map((row) => row.startedAt),
      rows.map((row) => row.time),
    ],
  );
}

/** A deployment is one message, with CloudEvents' source and id as key. */
export async function writeDeployments(tx: Sql, rows: readonly DeploymentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO deployment (source, event_id, datacenter_id, component, version, deployed_at, deployed_by, url)
     SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[])
     ORDER BY 1, 2
     ON CONFLICT (source, event_id) DO NOTHING`,
    [
      rows.map((row) => row.source),
      rows.map((row) => row.id),
      rows.map((row) => row.datacenterId),
      rows.map((row) => row.component),
      rows.map((row) => row.version),
      rows.map((row) => row.time),
      rows.map((row) => row.deployedBy),
      rows.map((row) => row.url),
    ],
  );
}

/** The latest gauge per (type, datacenter, stage) wins; of ties, the worse. */
export async function writeBacklogs(tx: Sql, rows: readonly BacklogRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO backlog AS old (event_type_id, datacenter_id, stage, oldest_age_seconds, messages, observed_at)
     SELECT * FROM unnest($1::int[], $2::int[], $3::smallint[], $4::float8[], $5::bigint[], $6::timestamptz[]) ORDER BY 1, 2, 3
     ON CONFLICT (event_type_id, datacenter_id, stage) DO UPDATE SET
       oldest_age_seconds = excluded.oldest_age_seconds, messages = excluded.messages, observed_at = excluded.observed_at
       WHERE (excluded.observed_at, excluded.oldest_age_seconds, coalesce(excluded.messages, -1))
           > (old.observed_at, old.oldest_age_seconds, coalesce(old.messages, -1))`,
    [
      rows.map((row) => row.eventTypeId),
      rows.map((row) => row.datacenterId),
      rows.map((row) => row.stage),
      rows.map((row) => row.oldestAgeSeconds),
      rows.map((row) => row.messages),
      rows.map((row) => row.time),
    ],
  );
}

/** When each datacenter was last heard, by event time. Last in the transaction, because every batch locks these rows. */
export async function writeLastSeen(tx: Sql, lastSeen: ReadonlyMap<number, Date>): Promise<void> {
  if (lastSeen.size === 0) return;
  await tx.query(
    `WITH seen AS (SELECT * FROM unnest($1::int[], $2::timestamptz[]) AS s(id, at)),
     -- locked in one order first: UPDATE … FROM promises none
     locked AS (SELECT d.id FROM datacenter d JOIN seen s ON s.id = d.id
                 WHERE d.last_seen_at IS NULL OR d.last_seen_at < s.at ORDER BY d.id FOR NO KEY UPDATE OF d)
     UPDATE datacenter d SET last_seen_at = greatest(d.last_seen_at, s.at)
       FROM seen s, locked l WHERE d.id = s.id AND d.id = l.id`,
    [[...lastSeen.keys()], [...lastSeen.values()]],
  );
}
