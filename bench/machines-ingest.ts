import { hostname } from "node:os";
import pg from "pg";
import { openPublisher } from "#server/adapters/pubsub.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { until } from "#test/until.ts";
import { counterMessages, reportsPerMessage } from "./counter-load.ts";
import { formatTable, processorSeconds } from "./machine.ts";
import { postgresSeconds, startBenchPostgres } from "./postgres.ts";
import { committedMessages, startWorker } from "./worker-process.ts";

const counts = [1, 2, 4];
const rounds = 2;
const messages = 2_000;

/** The same messages through Google's emulator to 1, 2 and 4 ingest workers, in turn. */
export async function measureIngest(): Promise<string> {
  if (!hasPubsubEmulator) return "No Pub/Sub emulator on this machine: ingest was not measured.";
  const postgres = await startBenchPostgres();
  const emulator = await startTestPubsub();
  const publisher = await openPublisher({ projectId: "bench", emulatorHost: emulator.host });
  const rows: (string | number)[][] = [];
  try {
    // The first round fills the database and warms the emulator; it is not shown.
    for (let round = 0; round <= rounds; round += 1) {
      for (const count of round === 0 ? [1] : counts) {
        const row = await measureOne({ databaseUrl: postgres.url, host: emulator.host, count, round, publish });
        process.stderr.write(`${row.join(" ")}\n`);
        if (round > 0) rows.push(row);
      }
    }
  } finally {
    await publisher.close();
    await emulator.stop();
    await postgres.stop();
  }
  return formatTable(
    ["ingest processes", "round", "reports/s", "CPU µs a report, workers", "CPU µs a report, PostgreSQL"],
    rows.sort(([a], [b]) => Number(a) - Number(b)),
  );

  async function publish(round: number): Promise<void> {
    const bodies = counterMessages(messages, 1_000 * (round + 1)).map((event) => Buffer.from(JSON.stringify(event)));
    await Promise.all(
      bodies.map((body) => publisher.publish(body, { "content-type": "application/cloudevents+json" })),
    );
  }
}

async function measureOne(terms: {
  databaseUrl: string;
  host: string;
  count: number;
  round: number;
  publish(round: number): Promise<void>;
}): Promise<(string | number)[]> {
  const { databaseUrl, host, count, round } = terms;
  // Nothing judges here.
  await query(databaseUrl, "TRUNCATE dirty_hour");
  const settings = { PUBSUB_PROJECT_ID: "bench", PUBSUB_EMULATOR_HOST: host, METADATA_SERVER_DETECTION: "none" };
  const workers = Array.from({ length: count }, () => startWorker("ingest", databaseUrl, settings));
  try {
    const instances = workers.map(({ pid }) => `${hostname()}:${pid}`);
    const listening = "SELECT DISTINCT instance FROM intake WHERE instance = ANY($1) AND standing_since IS NULL";
    await until("all workers read", async () => (await query(databaseUrl, listening, [instances])) === count, 60);
    const usedBy = async () => {
      const seconds = await Promise.all(workers.map(({ pid }) => processorSeconds(pid)));
      return seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    };
    const before = await committedMessages(databaseUrl);
    const [ownBefore, databaseBefore] = [await usedBy(), await postgresSeconds(databaseUrl)];
    const startedAtMs = performance.now();
    await terms.publish(round);
    await until("all are committed", async () => (await committedMessages(databaseUrl)) >= before + messages, 300);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const [own, database] = [(await usedBy()) - ownBefore, (await postgresSeconds(databaseUrl)) - databaseBefore];
    const reports = messages * reportsPerMessage;
    const each = (used: number) => ((used * 1e6) / reports).toFixed(1);
    return [count, round, Math.round(reports / seconds), each(own), each(database)];
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

/** Returns how many rows it had. */
async function query(databaseUrl: string, statement: string, parameters: unknown[] = []): Promise<number | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(statement, parameters);
  await client.end();
  return rowCount;
}
