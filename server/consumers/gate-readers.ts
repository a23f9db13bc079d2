import type { Hour } from "#domain/hour.ts";
import type { KnownFigures } from "#domain/subscription.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { gatherQuestions } from "#server/db/gather-questions.ts";
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

async function loadReaders(sql: Sql, names: readonly ConsumerName[]): Promise<(GateReader | null)[]> {
  const { rows } = await sql.query<GateReader | { id: null }>(
    `SELECT c.id, c.event_type_id AS "eventTypeId", c.min_completeness AS "minCompleteness"
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS k(event_type, consumer, position)
       LEFT JOIN event_type t ON t.name = k.event_type
       LEFT JOIN consumer c ON c.event_type_id = t.id AND c.name = k.consumer
      ORDER BY k.position`,
    [names.map(({ eventType }) => eventType), names.map(({ consumer }) => consumer)],
  );
  return rows.map((row) => (row.id === null ? null : row));
}

async function writeReadings(sql: Sql, readings: readonly Reading[]): Promise<void> {
  await sql.query(
    `INSERT INTO hour_reading (event_type_id, hour, consumer_id, first_read_at, first_revision, last_read_at, last_revision, asked_by,
                               ready, state, known, produced, delivered, lost, duplicated)
     SELECT n.event_type_id, n.hour, n.consumer_id, n.read_at, n.revision, n.read_at, n.revision, n.asked_by,
            n.ready, n.state, n.known, n.produced, n.delivered, n.lost, n.duplicated
       FROM unnest($1::int[], $2::timestamptz[], $3::int[], $4::timestamptz[], $5::int[], $6::text[], $7::bool[], $8::text[],
                   $9::bool[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[])
              AS n(event_type_id, hour, consumer_id, read_at, revision, asked_by, ready, state, known, produced, delivered, lost,
                   duplicated)
       -- a consumer that was removed meanwhile leaves no trace
       JOIN consumer c ON c.id = n.consumer_id
      -- in one order for all writers: they queue, they never deadlock
      ORDER BY n.event_type_id, n.hour, n.consumer_id
     ON CONFLICT (event_type_id, hour, consumer_id) DO UPDATE
       SET last_read_at = greatest(hour_reading.last_read_at, excluded.last_read_at),
           last_revision = greatest(hour_reading.last_revision, excluded.last_revision),
           asked_by = excluded.asked_by, ready = excluded.ready, state = excluded.state, known = excluded.known,
           produced = excluded.produced, delivered = excluded.delivered, lost = excluded.lost, duplicated = excluded.duplicated`,
    [
      readings.map(({ reader }) => reader.eventTypeId),
      readings.map(({ hour }) => hour),
      readings.map(({ reader }) => reader.id),
      readings.map(({ readAt }) => readAt),
      readings.map(({ revision }) => revision),
      readings.map(({ askedBy }) => askedBy),
      readings.map(({ figures }) => figures.ready),
      readings.map(({ figures }) => figures.state),
      readings.map(({ figures }) => figures.known),
      readings.map(({ figures }) => figures.produced),
      readings.map(({ figures }) => figures.delivered),
      readings.map(({ figures }) => figures.lost),
      readings.map(({ figures }) => figures.duplicated),
    ],
  );
}
