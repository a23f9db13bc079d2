import { type KnownReading, type ResourceKind, readingKey } from "#domain/source.ts";
import type { Sql } from "#server/db/database.ts";

/** What earlier collections of a source found, by `readingKey`. */
export async function loadKnownReadings(sql: Sql, source: string): Promise<Map<string, KnownReading>> {
  const { rows } = await sql.query<KnownReading & { kind: ResourceKind; resource: string; metric: string }>(
    "SELECT kind, resource, metric, value, text, at FROM source_reading WHERE source = $1",
    [source],
  );
  return new Map(
    rows.map(({ kind, resource, metric, ...reading }) => [readingKey({ kind, id: resource }, metric), reading]),
  );
}
