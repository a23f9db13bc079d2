import { type Hour, parseHour } from "../hour.ts";
import { isCount, isObject } from "../protocol/values.ts";

/** What one commit did to one partition. */
export interface PartitionChange {
  /** The other partition fields, `dc=ams/tier=high`; empty: there are none. */
  readonly rest: string;
  readonly hour: Hour;
  readonly added: number;
  readonly removed: number;
  /** Rows were deleted by delete files, which do not say how many of which hour. */
  readonly isUncounted: boolean;
}

export interface Snapshot {
  readonly id: string;
  readonly parent: string | null;
  readonly at: Date;
  readonly watermark: Date | null;
  /** null: the summary does not say what the commit did to each partition. */
  readonly changes: readonly PartitionChange[] | null;
}

export interface TableHistory {
  readonly updatedAt: Date;
  /** From the current snapshot back, as far as snapshots are retained. */
  readonly snapshots: readonly Snapshot[];
  /** The first snapshot of the table is among them. */
  readonly isWhole: boolean;
}

/** More than a table keeps: a commit a minute for a month. */
const maxSnapshots = 50_000;
const prefix = "partitions.";

/**
 * The commits of a table from the metadata that a REST catalog answers to loadTable, as the current branch has them. null: the answer
 * is no table's metadata. https://iceberg.apache.org/spec/#snapshots
 */
export function readTableHistory(metadata: unknown, watermarkProperty: string | undefined): TableHistory | null {
  if (!isObject(metadata)) return null;
  const updatedAt = instantOf(metadata["last-updated-ms"]);
  const stored = metadata.snapshots ?? [];
  if (updatedAt === null || !Array.isArray(stored)) return null;
  const byId = new Map<string, Record<string, unknown>>();
  for (const each of stored.slice(0, maxSnapshots)) if (isObject(each)) byId.set(String(each["snapshot-id"]), each);
  const snapshots: Snapshot[] = [];
  // Empty tables have none, or -1.
  let next: string | null = idOf(metadata["current-snapshot-id"]);
  while (next !== null) {
    const found = byId.get(next);
    if (!found) break;
    // A circle is no history.
    byId.delete(next);
    const snapshot = readSnapshot(next, found, watermarkProperty);
    if (snapshot === null) return null;
    snapshots.push(snapshot);
    next = snapshot.parent;
  }
  return { updatedAt, snapshots, isWhole: next === null };
}

function readSnapshot(
  id: string,
  found: Record<string, unknown>,
  watermarkProperty: string | undefined,
): Snapshot | null {
  const at = instantOf(found["timestamp-ms"]);
  const summary = isObject(found.summary) ? found.summary : {};
  if (at === null) return null;
  const watermark =
    watermarkProperty === undefined ? null : instantOf(Number(summary[watermarkProperty] ?? Number.NaN));
  return { id, parent: idOf(found["parent-snapshot-id"]), at, watermark, changes: changesOf(summary) };
}

function changesOf(summary: Record<string, unknown>): PartitionChange[] | null {
  const keys = Object.keys(summary).filter((key) => key.startsWith(prefix));
  const changed = summary["changed-partition-count"];
  if (keys.length === 0) return changed === "0" || changed === 0 ? [] : null;
  // Iceberg leaves out all of them beyond its limit, never some.
  if (String(summary["partition-summaries-included"]) !== "true") return null;
  const changes = keys.map((key) => readChange(key.slice(prefix.length), String(summary[key])));
  return changes.every((change) => change !== null) ? changes : null;
}

function readChange(path: string, text: string): PartitionChange | null {
  const fields = path.split("/").map(decoded);
  const hours = fields.flatMap((field, index) => {
    const [, day, hour] = /=(\d{4}-\d\d-\d\d)-(\d\d)$/.exec(field) ?? [];
    const found = day === undefined ? null : parseHour(`${day}T${hour}`);
    return found === null ? [] : [{ index, hour: found }];
  });
  const [only] = hours;
  if (only === undefined || hours.length > 1) return null;
  const figures = new Map(text.split(",").map((pair) => pair.split("=") as [string, string]));
  const figure = (name: string) => Number(figures.get(name) ?? 0);
  const [added, removed] = [figure("added-records"), figure("deleted-records")];
  if (!isCount(added) || !isCount(removed)) return null;
  const deletes = [
    "added-position-deletes",
    "added-equality-deletes",
    "removed-position-deletes",
    "removed-equality-deletes",
  ];
  return {
    rest: fields.filter((_, index) => index !== only.index).join("/"),
    hour: only.hour,
    added,
    removed,
    isUncounted: deletes.some((name) => figure(name) !== 0),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function idOf(value: unknown): string | null {
  return (typeof value === "number" || typeof value === "string") && String(value) !== "-1" ? String(value) : null;
}

function instantOf(value: unknown): Date | null {
  const instant = new Date(typeof value === "number" && value >= 0 ? value : Number.NaN);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
