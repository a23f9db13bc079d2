import { addHours, formatHour, type Hour, hourOf } from "../hour.ts";
import type { Collection, SeenResource, SourceEvent, SourceReading } from "./collection.ts";
import { deliveredCount } from "./delivered-count.ts";
import type { Snapshot, TableHistory } from "./iceberg-snapshots.ts";
import type { IcebergSpec } from "./iceberg-spec.ts";
import { lanesOf, mapResource } from "./map-resource.ts";

interface Look {
  readonly source: string;
  readonly spec: IcebergSpec;
  readonly now: Date;
}

interface Sum {
  readonly rest: string;
  readonly hour: Hour;
  events: number;
  isUncounted: boolean;
}

const sampledSeconds = 300;

/**
 * Delivered counts of a table's hours: what the commits that are retained added, less what they removed. An hour is counted only if
 * every commit since its start is retained and says what it did to each partition; what is not counted is a problem, never a guess.
 */
export function collectIceberg({ source, spec, now }: Look, table: string, history: TableHistory): Collection {
  const { snapshots, isWhole, updatedAt } = history;
  const from = addHours(hourOf(now), -Math.ceil(spec.lookback / 3_600));
  const oldest = snapshots.at(-1);
  const knownFrom = isWhole ? new Date(0) : (oldest?.at ?? now);
  const silent = snapshots.find(({ at, changes }) => changes === null && at >= from);
  const events: SourceEvent[] = [];
  const resources = new Map<string, SeenResource>();
  const readings: SourceReading[] = [];
  const problems: string[] = [];
  const skipped = { expired: 0, silent: 0, uncounted: 0 };
  for (const sum of sumsOf(snapshots).filter(({ hour }) => hour >= from)) {
    const id = sum.rest === "" ? table : `${table}/${sum.rest}`;
    const mapped = mapResource(spec.tables, id);
    const resource = { kind: "table", id } as const;
    resources.set(id, { ...resource, lanes: lanesOf(mapped) });
    const [eventType] = mapped?.eventTypes ?? [];
    if (mapped === null || eventType === undefined) continue;
    if (sum.hour < knownFrom) skipped.expired += 1;
    else if (snapshots.some(({ at, changes }) => changes === null && at >= sum.hour)) skipped.silent += 1;
    else if (sum.isUncounted || sum.events < 0) skipped.uncounted += 1;
    else {
      const { datacenter } = mapped;
      const count = { eventType, datacenter, hour: sum.hour, events: sum.events, changedAt: updatedAt };
      events.push(deliveredCount(`source/${source}/${id}`, count));
    }
  }
  if (resources.size === 0)
    resources.set(table, { kind: "table", id: table, lanes: lanesOf(mapResource(spec.tables, table)) });
  events.push(...watermarks(resources, snapshots));
  const current = snapshots[0];
  const first = [...resources.values()][0];
  if (current && first)
    readings.push({
      resource: first,
      metric: "snapshot",
      value: null,
      text: current.id,
      at: current.at,
      sampledSeconds,
    });
  if (silent)
    problems.push(
      `Table ${table}: snapshot ${silent.id} does not say what it added to each hour. Set write.summary.partition-limit above the partitions of a commit, and partition the table by hour.`,
    );
  if (skipped.expired > 0)
    problems.push(
      `Table ${table}: ${hours(skipped.expired)} not counted, because snapshots before ${knownFrom.toISOString()} have expired. Keep snapshots longer, or shorten lookback.`,
    );
  if (skipped.uncounted > 0)
    problems.push(
      `Table ${table}: ${hours(skipped.uncounted)} not counted, because delete files removed rows and do not say from which hour.`,
    );
  return { events, readings, resources: [...resources.values()], problems, calls: 1 };
}

function hours(count: number): string {
  return count === 1 ? "1 hour is" : `${count} hours are`;
}

function sumsOf(snapshots: readonly Snapshot[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { changes } of snapshots) {
    for (const { rest, hour, added, removed, isUncounted } of changes ?? []) {
      const key = `${formatHour(hour)}/${rest}`;
      const sum = sums.get(key) ?? { rest, hour, events: 0, isUncounted: false };
      sum.events += added - removed;
      sum.isUncounted ||= isUncounted;
      sums.set(key, sum);
    }
  }
  return [...sums.values()];
}

/** The newest snapshot that has one: the writer promises it for every partition of the table. */
function watermarks(resources: ReadonlyMap<string, SeenResource>, snapshots: readonly Snapshot[]): SourceEvent[] {
  const marked = snapshots.find(({ watermark }) => watermark !== null);
  if (!marked?.watermark) return [];
  const { id, at, watermark } = marked;
  return [...resources].flatMap(([resource, { lanes }]) =>
    lanes.map(
      ({ eventType, datacenter }): SourceEvent => ({
        type: "tidemark.watermark.v1",
        id: `${resource}/${id}/watermark`,
        time: at,
        data: { dc: datacenter, marks: [{ eventType, watermark: watermark.toISOString() }] },
      }),
    ),
  );
}
