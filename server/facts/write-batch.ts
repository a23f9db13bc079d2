import type { Clock } from "#domain/clock.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Batch } from "#domain/merge.ts";
import { nameKinds } from "#domain/name-limits.ts";
import { stages } from "#domain/protocol.ts";
import { isSampled } from "#domain/trace/traceparent.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { shareIngestGate } from "#server/db/ingest-gate.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { currentTraceparent } from "#server/process/tracing.ts";
import { type IngestView, requireCurrentView } from "./ingest-view.ts";
import { internNames } from "./intern-names.ts";
import type { Ids, Names } from "./names.ts";
import { writeClosings, writeMarkers, writeMarks, writeWatermarks } from "./write-closings.ts";
import { type FinalRow, writeFinals } from "./write-finals.ts";
import { writeLastSeen, writeSingles } from "./write-gauges.ts";
import { type RejectedInput, writeRejected } from "./write-rejected.ts";
import { unpackHours, writeProducedHours, writeReports } from "./write-reports.ts";
import { divideHeld, writeHeldMarkers, writeHeldMarks, writeHeldReports } from "./write-set-aside.ts";
import { writeTotals } from "./write-totals.ts";

export interface WriteBatchInput {
  batch: Batch;
  /** The view the batch was folded with. */
  view: IngestView;
  /** From namesOfBatch. */
  names: Names;
  /** Those that are stored. */
  rejected: readonly RejectedInput[];
  /** So many more are counted only; absent: none. */
  unstored?: number;
  /** This process's name among ingest workers. */
  instance: string;
  /** Older hours keep their verdict, because the facts to judge them are dropped; null: facts are kept forever. */
  factsKeptFrom?: Date | null;
  /** What else commits with it. */
  records?: readonly ((tx: Sql) => Promise<void>)[];
}

/**
 * Commits a batch of messages, all or nothing. One statement per table, rows in key order, tables in this order
 * everywhere: concurrent writers queue for each other's row locks and never deadlock.
 * Rethrows database errors; the batch may be written again, since merging is idempotent. ViewOutdated: fold again first.
 */
export async function writeBatch(database: Database, clock: Clock, input: WriteBatchInput): Promise<void> {
  const { batch } = input;
  const reports = [...batch.counts.values()];
  const markers = [...batch.markers.values()];
  const ids = await readIds(database, input.names, clock.now());
  const { counting: rows, held } = divideHeld(
    reports.map((count) => ({
      ...count,
      eventTypeId: ids.eventType(count.eventType),
      datacenterId: ids.datacenter(count.dc),
      reporterId: ids.reporter(count.reporter),
      stage: stages.indexOf(count.stage) + 1,
    })),
  );
  await ensurePartitions(database, new Set([...rows, ...held, ...markers].map((row) => row.hour)), clock.now());
  await database.transaction(async (tx) => {
    await shareIngestGate(tx);
    await handOnTrace(tx);
    await requireCurrentView(tx, input.view);
    // Read the clock after taking the gate: during the wait, hours may have been packed and others created.
    const now = clock.now();
    // Only hours that may be packed by now; packing starts a day after an hour at the earliest.
    const maybePacked = rows.filter((row) => row.hour < addHours(hourOf(now), -24));
    await unpackHours(tx, maybePacked);
    const growth = await writeReports(tx, rows);
    await writeProducedHours(tx, rows);
    await writeHeldReports(tx, held);
    await writeFinals(tx, rowsOfFinals(batch, ids));
    await writeAllMarks(tx, batch, ids, { now, factsKeptFrom: input.factsKeptFrom ?? null });
    await writeSingles(tx, batch, ids);
    await writeRejected(tx, input.rejected, now);
    for (const record of input.records ?? []) await record(tx);
    // Rows shared with other writers of the same hours and datacenters: locked last and held only until the commit.
    await writeTotals(tx, growth);
    await writeLastSeen(tx, new Map([...batch.lastSeen].map(([dc, at]) => [ids.datacenter(dc), at])));
    await recordCommit(tx, input, now);
  });
}

/** The hours that this transaction marks carry it, by the default of their column. */
async function handOnTrace(tx: Sql): Promise<void> {
  const traceparent = currentTraceparent();
  if (traceparent === null || !isSampled(traceparent)) return;
  await tx.query("SELECT set_config('tidemark.traceparent', $1, true)", [traceparent]);
}

async function readIds(database: Database, names: Names, now: Date): Promise<Ids> {
  const [eventTypes, datacenters, reporters] = await Promise.all(
    nameKinds.map((kind) => internNames(database, kind, names[kind], now)),
  );
  return { eventType: idIn(eventTypes), datacenter: idIn(datacenters), reporter: idIn(reporters) };
}

function idIn(ids: ReadonlyMap<string, number> | undefined): (name: string) => number {
  return (name) => {
    const id = ids?.get(name);
    if (id === undefined) throw new Error(`"${name}" was not registered`);
    return id;
  };
}

function rowsOfFinals(batch: Batch, ids: Ids): FinalRow[] {
  return [...batch.finals.values()].map(({ dc, reporter, finalAt }) => ({
    datacenterId: ids.datacenter(dc),
    reporterId: ids.reporter(reporter),
    finalAt,
  }));
}

async function writeAllMarks(
  tx: Sql,
  batch: Batch,
  ids: Ids,
  moment: { now: Date; factsKeptFrom: Date | null },
): Promise<void> {
  const place = <Row extends { eventType: string; dc: string }>(row: Row) => ({
    ...row,
    eventTypeId: ids.eventType(row.eventType),
    datacenterId: ids.datacenter(row.dc),
  });
  const marks = divideHeld([...batch.closings.values()].map(place));
  const markers = divideHeld([...batch.markers.values()].map(place));
  await writeWatermarks(tx, [...batch.watermarks.values()].map(place));
  await writeMarks(tx, marks.counting);
  await writeClosings(tx, marks.counting, moment);
  await writeMarkers(tx, markers.counting);
  await writeHeldMarks(tx, marks.held);
  await writeHeldMarkers(tx, markers.held);
}

/** Records the commit and wakes the judges: one NOTIFY per batch, because it takes a global lock. */
async function recordCommit(tx: Sql, input: WriteBatchInput, now: Date): Promise<void> {
  const { instance, batch, rejected, unstored = 0 } = input;
  await tx.query(
    `INSERT INTO ingest_worker AS w (instance, last_ingest_at, messages, rejected, unstored) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (instance) DO UPDATE SET last_ingest_at = excluded.last_ingest_at, messages = w.messages + excluded.messages,
       rejected = w.rejected + excluded.rejected, unstored = w.unstored + excluded.unstored`,
    [instance, now, batch.messageCount, rejected.length + unstored, unstored],
  );
  // Rejected messages alone give the judges nothing to do.
  if (batch.messageCount > 0) await tx.query("SELECT pg_notify('tidemark_dirty', '')");
}
