import type { Hour } from "#domain/hour.ts";
import type { KnownFigures } from "#domain/subscription.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { gatherQuestions } from "#server/db/gather-questions.ts";
import { knownColumns } from "./message-figures.ts";
import type { ConsumerName } from "./read-consumer.ts";

/** What the gate needs of a consumer. */
export interface GateReader {
  id: number;
  eventTypeId: number;
  minCompleteness: number | null;
}

export interface Reading {
  reader: GateReader;
  hour: Hour;
  revision: number;
  /** The answer. `ready`: by the consumer's own threshold, whatever the request's was. */
  figures: KnownFigures;
  readAt: Date;
  askedBy: string;
}

/** Records consumers' named gate requests; thousands at once cost a few statements. One per process. */
export interface GateReaders {
  find(name: ConsumerName): Promise<GateReader | null>;
  /** Settles once the consumer's reading of the hour is committed. */
  note(reading: Reading): Promise<unknown>;
  /** The same for many hours requested together. */
  noteAll(readings: readonly Reading[]): Promise<void>;
}

export function openGateReaders({ sql }: Database): GateReaders {
  return {
    find: gatherQuestions(
      ({ eventType, consumer }) => JSON.stringify([eventType, consumer]),
      (names) => loadReaders(sql, names),
    ),
    note: gatherQuestions(
      ({ reader, hour }: Reading) => `${reader.id} ${hour.getTime()}`,
      async (readings): Promise<undefined[]> => {
        await writeReadings(sql, readings);
        return [];
      },
    ),
    noteAll: (readings) => writeReadings(sql, readings),
  };
}

const askedReaders = bulkRows({ eventType: "text", consumer: "text", position: "int" });
const readingRows = bulkRows({
  eventTypeId: "int",
  hour: "timestamptz",
  consumerId: "int",
  readAt: "timestamptz",
  revision: "int",
  askedBy: "text",
  ...knownColumns,
});

async function loadReaders(sql: Sql, names: readonly ConsumerName[]): Promise<(GateReader | null)[]> {
  const { rows } = await sql.query<GateReader | { id: null }>(
    `SELECT c.id, c.event_type_id AS "eventTypeId", c.min_completeness AS "minCompleteness"
       FROM ${askedReaders.from("k")}
       LEFT JOIN event_type t ON t.name = k.event_type
       LEFT JOIN consumer c ON c.event_type_id = t.id AND c.name = k.consumer
      ORDER BY k.position`,
    askedReaders.values(names.map((name, position) => ({ ...name, position }))),
  );
  return rows.map((row) => (row.id === null ? null : row));
}

async function writeReadings(sql: Sql, readings: readonly Reading[]): Promise<void> {
  const rows = readings.map(({ reader, figures, ...reading }) => {
    return { ...reading, ...figures, eventTypeId: reader.eventTypeId, consumerId: reader.id };
  });
  await sql.query(
    `INSERT INTO hour_reading (event_type_id, hour, consumer_id, first_read_at, first_revision, last_read_at, last_revision, asked_by,
                               ready, state, known, produced, delivered, lost, duplicated)
     SELECT n.event_type_id, n.hour, n.consumer_id, n.read_at, n.revision, n.read_at, n.revision, n.asked_by,
            n.ready, n.state, n.known, n.produced, n.delivered, n.lost, n.duplicated
       FROM ${readingRows.from("n")}
       -- a consumer that was removed meanwhile leaves no trace
       JOIN consumer c ON c.id = n.consumer_id
      -- in one order for all writers: they queue, they never deadlock
      ORDER BY n.event_type_id, n.hour, n.consumer_id
     ON CONFLICT (event_type_id, hour, consumer_id) DO UPDATE
       SET last_read_at = greatest(hour_reading.last_read_at, excluded.last_read_at),
           last_revision = greatest(hour_reading.last_revision, excluded.last_revision),
           asked_by = excluded.asked_by, ready = excluded.ready, state = excluded.state, known = excluded.known,
           produced = excluded.produced, delivered = excluded.delivered, lost = excluded.lost, duplicated = excluded.duplicated`,
    readingRows.values(rows),
  );
}
