import type { Database } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { type AskedHour, type LoadedHour, loadHours } from "./load-hour.ts";

/** An hour as it was read at `asOf`. All who asked for it together are given this very object. */
export interface HourReading extends LoadedHour {
  asOf: Date;
}

/** Reads hours for any number who ask at once in one statement. One a process. */
export interface HourReader {
  /** The hour as it stands at some moment after this call, `now` at the earliest. NotFound as loadHour says. */
  read(asked: AskedHour & { now: Date }): Promise<HourReading>;
}

interface Batch {
  asked: Map<string, AskedHour>;
  asOf: Date;
  readings: Promise<Map<string, HourReading | NotFound>>;
}

/**
 * Whoever asks while a statement is under way waits for the next one, which begins when that one ends: it sees everything
 * that was committed before anybody asked, and 5,000 who were woken together cost one statement for their hours.
 */
export function openHourReader(database: Database): HourReader {
  let underWay: Promise<unknown> = Promise.resolve();
  let gathering: Batch | null = null;

  const gather = (now: Date): Batch => {
    const batch: Batch = { asked: new Map(), asOf: now, readings: Promise.resolve(new Map()) };
    batch.readings = underWay.then(() => {
      gathering = null;
      return readBatch(database, batch);
    });
    underWay = batch.readings.catch(() => undefined);
    return batch;
  };

  return {
    async read({ now, ...asked }) {
      gathering ??= gather(now);
      const key = `${asked.hour.getTime()} ${asked.eventType}`;
      gathering.asked.set(key, asked);
      if (now > gathering.asOf) gathering.asOf = now;
      const reading = (await gathering.readings).get(key);
      if (!reading || reading instanceof NotFound) throw reading ?? new NotFound("The hour was not read.");
      return reading;
    },
  };
}

async function readBatch(database: Database, { asked, asOf }: Batch): Promise<Map<string, HourReading | NotFound>> {
  const loaded = await loadHours(database.sql, [...asked.values()], asOf);
  return new Map(
    [...asked.keys()].map((key, index) => {
      const hour = loaded[index] ?? new NotFound("The hour was not read.");
      return [key, hour instanceof NotFound ? hour : { ...hour, asOf }];
    }),
  );
}
