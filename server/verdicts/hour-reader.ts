import type { Database } from "#server/db/database.ts";
import { gatherQuestions } from "#server/db/gather-questions.ts";
import { NotFound } from "#server/errors.ts";
import { type AskedHour, type LoadedHour, loadHours } from "./load-hour.ts";

/** An hour as read at `asOf`. Concurrent callers share this very object. */
export interface HourReading extends LoadedHour {
  asOf: Date;
}

interface Question extends AskedHour {
  now: Date;
}

/** Batches concurrent reads of hours into one statement. One per process. */
export interface HourReader {
  /** The hour as it stands at some moment after this call. NotFound as in loadHour. */
  read(question: Question): Promise<HourReading>;
}

export function openHourReader(database: Database): HourReader {
  const ask = gatherQuestions(
    ({ eventType, hour }: Question) => `${hour.getTime()} ${eventType}`,
    async (questions): Promise<(HourReading | NotFound)[]> => {
      const asOf = new Date(questions.reduce((latest, { now }) => Math.max(latest, now.getTime()), 0));
      const loaded = await loadHours(database.sql, questions, asOf);
      return loaded.map((hour) => (hour instanceof NotFound ? hour : { ...hour, asOf }));
    },
  );
  return {
    async read(question) {
      const reading = await ask(question);
      if (reading instanceof NotFound) throw reading;
      return reading;
    },
  };
}
