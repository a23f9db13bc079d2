import { addHours, formatHour, hourOf, parseHour } from "../hour.ts";
import type { BigQuerySpec } from "./bigquery-spec.ts";
import type { Collection, SeenResource, SourceEvent, SourceReading } from "./collection.ts";
import { deliveredCount } from "./delivered-count.ts";
import { lanesOf, rememberMapped } from "./map-resource.ts";

/** A row of INFORMATION_SCHEMA.PARTITIONS. */
export interface PartitionRow {
  readonly table: string;
  /** `2026112213` for an hour, `20261122` for a day, `__UNPARTITIONED__` for rows that are still in the streaming buffer. */
  readonly partition: string;
  readonly rows: number;
  readonly modifiedAt: Date;
}

const streamingBuffer = "__UNPARTITIONED__";
const sampledSeconds = 300;

/** The first partition that is read, in the form of a day's: those of hours sort after it. */
export function firstPartition(now: Date, lookbackSeconds: number): string {
  return formatHour(addHours(hourOf(now), -Math.ceil(lookbackSeconds / 3_600)))
    .slice(0, 10)
    .replaceAll("-", "");
}

/**
 * Delivered counts from partitions. Only a partition of an hour says what an hour holds; a table without any is a problem of the
 * source. `sent`: when each partition that was read before had been modified; one that was not modified since is not sent again.
 */
export function collectBigQuery(
  { source, spec, calls }: { source: string; spec: BigQuerySpec; calls: number },
  rows: readonly PartitionRow[],
  sent: ReadonlyMap<string, number>,
): Collection {
  const map = rememberMapped(spec.tables);
  const resources: SeenResource[] = [];
  const readings: SourceReading[] = [];
  const events: SourceEvent[] = [];
  const problems: string[] = [];
  for (const [table, partitions] of byTable(rows)) {
    const mapped = map(table);
    const resource = { kind: "table", id: table } as const;
    resources.push({ ...resource, lanes: lanesOf(mapped) });
    if (mapped === null) continue;
    const [eventType] = mapped.eventTypes;
    if (eventType === undefined) continue;
    const hours = partitions.flatMap((row) => {
      const hour = hourOfPartition(row.partition);
      return hour === null ? [] : [{ ...row, hour }];
    });
    const isByDay = partitions.some(({ partition }) => /^\d{8}$/.test(partition));
    if (hours.length === 0 && isByDay)
      problems.push(`Table ${table} is partitioned by day: it does not say what an hour holds. Partition it by hour.`);
    const buffered = partitions.find(({ partition, rows: count }) => partition === streamingBuffer && count > 0);
    if (buffered)
      readings.push({
        resource,
        metric: "streaming_buffer_rows",
        value: buffered.rows,
        text: null,
        at: buffered.modifiedAt,
        sampledSeconds,
      });
    for (const { hour, rows: count, modifiedAt, partition } of hours) {
      if (sent.get(partitionKey({ table, partition })) === modifiedAt.getTime()) continue;
      const { datacenter } = mapped;
      events.push(
        deliveredCount(`source/${source}/${table}`, {
          eventType,
          datacenter,
          hour,
          events: count,
          changedAt: modifiedAt,
        }),
      );
    }
    const newest = hours.toSorted((a, b) => b.modifiedAt.getTime() - a.modifiedAt.getTime())[0];
    if (newest)
      readings.push({
        resource,
        metric: "partition_rows",
        value: newest.rows,
        text: formatHour(newest.hour),
        at: newest.modifiedAt,
        sampledSeconds,
      });
  }
  return { events, readings, resources, problems, calls };
}

export function partitionKey({ table, partition }: Pick<PartitionRow, "table" | "partition">): string {
  return `${table}/${partition}`;
}

function hourOfPartition(partition: string) {
  const [, year, month, day, hour] = /^(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(partition) ?? [];
  return year === undefined ? null : parseHour(`${year}-${month}-${day}T${hour}`);
}

function byTable(rows: readonly PartitionRow[]): Map<string, PartitionRow[]> {
  const tables = new Map<string, PartitionRow[]>();
  for (const row of rows) {
    const partitions = tables.get(row.table) ?? [];
    partitions.push(row);
    tables.set(row.table, partitions);
  }
  return tables;
}
