// npm run bench:ingest [-- --messages 3000 --rounds 3 --soak-seconds 0 --paths pubsub,kafka,http]
// Counter reports a second from published to acknowledged after the commit, beside the raw upsert of the same rows, and the
// processor time of each program on the way.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import pg from "pg";
import type { CloudEvent } from "#simulator/messages.ts";
import { counterMessages, reportsPerMessage } from "./counter-load.ts";
import { startHttpPath } from "./ingest-http.ts";
import { startKafkaPath } from "./ingest-kafka.ts";
import { startPubsubPath } from "./ingest-pubsub.ts";
import { upsertRaw } from "./ingest-raw.ts";
import { soak } from "./ingest-soak.ts";
import { describeMachine, formatTable, processorSeconds, programSeconds } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "3000" },
    rounds: { type: "string", default: "3" },
    "soak-seconds": { type: "string", default: "0" },
    paths: { type: "string", default: "pubsub,kafka,http" },
  },
});
const messageCount = Number(values.messages);
/** CPU µs a report. */
const programs = ["worker µs", "database µs", "queue µs", "sender µs"];

export interface IngestPath {
  name: string;
  /** Sends all and settles once the last is committed and answered; returns seconds. */
  run(events: readonly CloudEvent[]): Promise<number>;
  /** The process that ingests. */
  pid: number;
  /** The program of the queue in front of it; null: there is none. */
  broker: string | null;
  stop(): Promise<void>;
}

/** CPU seconds so far: of what ingests, the database, the queue, and this process, which sends (and is Kafka's proxy). */
async function secondsUsed({ pid, broker }: IngestPath): Promise<(number | null)[]> {
  const { user, system } = process.cpuUsage();
  const [worker, database, queue] = await Promise.all([
    processorSeconds(pid),
    programSeconds("postgres"),
    broker === null ? null : programSeconds(broker),
  ]);
  return [worker, database, queue, (user + system) / 1e6];
}

async function empty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("TRUNCATE report, lane_total, produced_hour, dirty_hour");
  await client.query("CHECKPOINT");
  await client.end();
}

const postgres = await startBenchPostgres();
const starts = { pubsub: startPubsubPath, kafka: startKafkaPath, http: startHttpPath };
const paths: IngestPath[] = [];
for (const name of values.paths.split(",") as (keyof typeof starts)[]) {
  const path = await starts[name](postgres.url);
  if (path) paths.push(path);
}
const rounds: (string | number)[][] = [];
try {
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const [inserts, updates] = [counterMessages(messageCount, 1_000), counterMessages(messageCount, 2_000)];
    const reports = messageCount * reportsPerMessage;
    await empty(postgres.url);
    const raw = [await upsertRaw(postgres.url, inserts), await upsertRaw(postgres.url, updates)];
    for (const path of paths) {
      await empty(postgres.url);
      for (const [index, events] of [inserts, updates].entries()) {
        const before = await secondsUsed(path);
        const rate = reports / (await path.run(events));
        const after = await secondsUsed(path);
        const used = after.map((seconds, of) =>
          seconds === null ? "–" : (((seconds - (before[of] ?? 0)) * 1e6) / reports).toFixed(1),
        );
        const limit = raw[index] ?? 1;
        const [load = 0] = loadavg();
        const figures = [Math.round(rate), Math.round(limit), (rate / limit).toFixed(2)];
        const kind = index === 0 ? "insert" : "update";
        rounds.push([round, path.name, kind, ...figures, ...used, load.toFixed(1)]);
        process.stderr.write(`${rounds.at(-1)?.join(" ")}\n`);
      }
    }
  }
  process.stdout.write(`${describeMachine()}; ${messageCount} messages of ${reportsPerMessage} reports a round\n\n`);
  const header = ["round", "path", "rows", "reports/s", "raw rows/s", "ratio", ...programs, "load"];
  process.stdout.write(`${formatTable(header, rounds)}\n`);
  if (Number(values["soak-seconds"]) > 0) {
    const load = (events: number) => counterMessages(messageCount, events);
    for (const path of paths) process.stdout.write(`\n${await soak(path, load, Number(values["soak-seconds"]))}\n`);
  }
} finally {
  for (const path of paths) await path.stop();
  await postgres.stop();
}
