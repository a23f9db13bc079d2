import { type Message, stages } from "#domain/protocol.ts";
import { type Collection, readingKey, type SeenResource, type SourceReading } from "#domain/source.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { holdSource } from "./find-source.ts";
import { recordFacts } from "./record-facts.ts";
import { recordRun } from "./record-run.ts";

const resourceRows = bulkRows({ kind: "text", resource: "text", mapped: "bool" });
const laneRows = bulkRows({
  kind: "text",
  resource: "text",
  eventType: "text",
  datacenter: "text",
  stage: "smallint?",
  retentionSeconds: "int?",
});
const readingRows = bulkRows({
  kind: "text",
  resource: "text",
  metric: "text",
  value: "float8?",
  text: "text?",
  at: "timestamptz",
  sampledSeconds: "int",
});
const countRows = bulkRows({ kind: "text", resource: "text", metric: "text", hour: "timestamptz", count: "bigint" });

export interface CollectionRecord {
  readonly source: string;
  readonly collection: Collection;
  /** What of it was committed as facts. */
  readonly facts: readonly Message[];
  /** Of the collection, and of what was refused of it. */
  readonly problems: readonly string[];
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** Keeps what a collection found. A source that was deleted meanwhile keeps nothing. */
export async function recordCollection(database: Database, record: CollectionRecord): Promise<void> {
  const { source, collection, facts, problems, startedAt, endedAt } = record;
  const { resources, readings, events, calls } = collection;
  await database.transaction(async (tx) => {
    if (!(await holdSource(tx, source))) return;
    await writeResources(tx, source, resources, endedAt);
    await writeLanes(tx, source, resources);
    const seen = new Set(resources.map((resource) => readingKey(resource, "")));
    const kept = readings.filter(({ resource }) => seen.has(readingKey(resource, "")));
    await writeReadings(tx, source, kept, endedAt);
    await recordFacts(tx, source, facts);
    const mapped = resources.filter(({ lanes }) => lanes.length > 0).length;
    const counts = { calls, events: events.length, mapped, notMapped: resources.length - mapped };
    await recordRun(tx, { source, startedAt, endedAt, error: null, problems, counts });
  });
}

async function writeResources(tx: Sql, source: string, resources: readonly SeenResource[], at: Date): Promise<void> {
  if (resources.length === 0) return;
  const rows = resources.map(({ kind, id, lanes }) => ({ kind, resource: id, mapped: lanes.length > 0 }));
  await tx.query(
    `INSERT INTO source_resource (source, kind, resource, mapped, seen_at)
     SELECT $1, kind, resource, mapped, $2 FROM ${resourceRows.from("r", 3)} ORDER BY kind, resource
     ON CONFLICT (source, kind, resource) DO UPDATE SET mapped = excluded.mapped, seen_at = excluded.seen_at`,
    [source, at, ...resourceRows.values(rows)],
  );
}

/** Lanes of resources that were not seen stay: a missing series says nothing. */
async function writeLanes(tx: Sql, source: string, resources: readonly SeenResource[]): Promise<void> {
  const rows = resources.flatMap(({ kind, id, lanes }) =>
    lanes.map(({ stage, ...lane }) => ({
      kind,
      resource: id,
      ...lane,
      stage: stage === null ? null : stages.indexOf(stage) + 1,
    })),
  );
  const all = resources.map(({ kind, id }) => ({ kind, resource: id, mapped: true }));
  await tx.query(
    `DELETE FROM source_lane l USING ${resourceRows.from("r", 8)}
      WHERE l.source = $1 AND l.kind = r.kind AND l.resource = r.resource
        AND NOT EXISTS (SELECT FROM ${laneRows.from("n", 2)}
                         WHERE n.kind = l.kind AND n.resource = l.resource
                           AND n.event_type = l.event_type AND n.datacenter = l.datacenter)`,
    [source, ...laneRows.values(rows), ...resourceRows.values(all)],
  );
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO source_lane AS old (source, ${laneRows.names})
     SELECT $1, n.* FROM ${laneRows.from("n", 2)} ORDER BY 2, 3, 4, 5
     ON CONFLICT (source, kind, resource, event_type, datacenter) DO UPDATE
       SET stage = excluded.stage, retention_seconds = excluded.retention_seconds
       WHERE (old.stage, old.retention_seconds) IS DISTINCT FROM (excluded.stage, excluded.retention_seconds)`,
    [source, ...laneRows.values(rows)],
  );
}

/** The newest point wins. What it adds to counts is added with it, so a point that comes twice counts once. */
async function writeReadings(tx: Sql, source: string, readings: readonly SourceReading[], seenAt: Date): Promise<void> {
  if (readings.length === 0) return;
  const rows = readings.map(({ resource, ...reading }) => ({ ...reading, kind: resource.kind, resource: resource.id }));
  const { rows: fresh } = await tx.query<{ kind: string; resource: string; metric: string }>(
    `INSERT INTO source_reading AS old (source, seen_at, ${readingRows.names})
     SELECT $1, $2, n.* FROM ${readingRows.from("n", 3)} ORDER BY 3, 4, 5
     ON CONFLICT (source, kind, resource, metric) DO UPDATE
       SET value = excluded.value, text = excluded.text, at = excluded.at, seen_at = excluded.seen_at,
           sampled_seconds = excluded.sampled_seconds
       WHERE excluded.at > old.at
     RETURNING kind, resource, metric`,
    [source, seenAt, ...readingRows.values(rows)],
  );
  const isFresh = new Set(fresh.map(({ kind, resource, metric }) => JSON.stringify([kind, resource, metric])));
  const counts = rows
    .filter(({ kind, resource, metric }) => isFresh.has(JSON.stringify([kind, resource, metric])))
    .flatMap(({ kind, resource, metric, counts: added = [] }) =>
      added.filter(({ count }) => count > 0).map((each) => ({ kind, resource, metric, ...each })),
    );
  if (counts.length === 0) return;
  await tx.query(
    `INSERT INTO source_count AS old (source, ${countRows.names})
     SELECT $1, n.* FROM ${countRows.from("n", 2)} ORDER BY 2, 3, 4, 5
     ON CONFLICT (source, kind, resource, metric, hour) DO UPDATE SET count = old.count + excluded.count`,
    [source, ...countRows.values(counts)],
  );
}
