import { hostname } from "node:os";
import { addHours, formatHour, type Hour, hourOf } from "#domain/hour.ts";
import { defaultNameLimits } from "#domain/name-limits.ts";
import { type Message, parseEvent } from "#domain/protocol.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { countersMessage } from "#simulator/messages.ts";
import { claimForTest } from "#test/catalogue.ts";
import { until } from "#test/until.ts";
import { processorSeconds } from "./machine.ts";
import { postgresSeconds } from "./postgres.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

const datacenters = ["lon", "ash", "sjc", "sto", "gcp-eu"];
const reportsPerMessage = 500;
const newNamesPerHour = { ...defaultNameLimits, type: 1_000_000, reporter: 1_000_000 };
const clock = { speed: 1, now: () => new Date(), toRealMs: (ms: number) => ms };

/** Types with counts of their ended hours at five datacenters, and evaluate processes that judge them. */
export interface JudgedHours {
  database: Database;
  url: string;
  /** How many verdicts a change of all hours makes. */
  verdicts: number;
  oneHour: { eventTypeId: number; hour: Hour };
}

export async function fillHours(url: string, { types, hours }: { types: number; hours: number }): Promise<JudgedHours> {
  const database = openDatabase(url);
  const current = hourOf(new Date());
  const ended = Array.from({ length: hours }, (_, index) => addHours(current, index - hours));
  const eventTypes = Array.from({ length: types }, (_, index) => `Judged${index}`);
  await claimForTest(database.sql, { datacenters, eventTypes, activeFrom: (ended[0] ?? current).toISOString() });
  const writer = new BatchWriter({ database, clock, instance: "bench", newNamesPerHour });
  const pairs = ended.flatMap((hour) =>
    eventTypes.map((eventType) => ({ eventType, hour: formatHour(hour), events: 1_000 })),
  );
  for (const dc of datacenters) {
    for (const stage of ["produced", "delivered"] as const) {
      const messages: Promise<unknown>[] = [];
      for (let from = 0; from < pairs.length; from += reportsPerMessage) {
        messages.push(
          writer.write({
            messages: [countsOf(dc, stage, from, pairs.slice(from, from + reportsPerMessage))],
            rejected: [],
          }),
        );
      }
      await Promise.all(messages);
    }
  }
  await database.sql.query("VACUUM ANALYZE");
  const { rows } = await database.sql.query<{ id: number }>("SELECT min(id) AS id FROM event_type");
  return {
    database,
    url,
    verdicts: pairs.length,
    oneHour: { eventTypeId: rows[0]?.id ?? 0, hour: ended[0] ?? current },
  };
}

function countsOf(
  dc: string,
  stage: "produced" | "delivered",
  about: number,
  reports: { eventType: string; hour: string; events: number }[],
): Message {
  const event = countersMessage({ dc, instance: "bench", at: new Date(), stage, about: `${stage}/${about}`, reports });
  const parsed = parseEvent(event, new Date());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.message;
}

/** Evaluate processes that have judged all there is. */
export async function startJudges({ database, url }: JudgedHours, count: number): Promise<WorkerProcess[]> {
  const judges = Array.from({ length: count }, () => startWorker("evaluate", url));
  const instances = judges.map(({ pid }) => `${hostname()}:${pid}`);
  const turning =
    "SELECT count(DISTINCT instance)::int AS count FROM worker_turn WHERE turn = 'judge' AND instance = ANY($1)";
  await until("all judges work", async () => (await countOf(database, turning, [instances])) === count, 60);
  await untilJudged(database);
  return judges;
}

/** One more event in every hour that is asked for, as ingest would leave it; returns when it was committed. */
export async function changeHours({ database }: JudgedHours, only?: JudgedHours["oneHour"]): Promise<number> {
  await database.transaction(async (tx) => {
    await tx.query(
      `WITH changed AS (
         UPDATE lane_total SET events = events + 1
          WHERE stage = (SELECT min(stage) FROM lane_total) AND ($1::int IS NULL OR (event_type_id = $1 AND hour = $2))
         RETURNING event_type_id, hour)
       INSERT INTO dirty_hour (event_type_id, hour) SELECT DISTINCT event_type_id, hour FROM changed`,
      [only?.eventTypeId ?? null, only?.hour ?? null],
    );
    await tx.query("SELECT pg_notify('tidemark_dirty', '')");
  });
  return performance.now();
}

/** Marks are deleted by the transaction that writes the verdicts. */
export async function untilJudged(database: Database): Promise<void> {
  while ((await countOf(database, "SELECT count(*)::int AS count FROM dirty_hour")) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function countOf({ sql }: Database, statement: string, values: unknown[] = []): Promise<number> {
  return (await sql.query<{ count: number }>(statement, values)).rows[0]?.count ?? 0;
}

/** CPU seconds of the processes, and of their PostgreSQL. */
export async function usedBy(judges: readonly WorkerProcess[], url: string): Promise<[own: number, database: number]> {
  const seconds = await Promise.all(judges.map(({ pid }) => processorSeconds(pid)));
  return [seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0), await postgresSeconds(url)];
}
