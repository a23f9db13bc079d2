// npm run bench:tracing [-- --rounds 9 --messages 1500]
// Ingest with traces off and on, each beside the same without any trace of tracing in the table: what off costs, and what on costs.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { median } from "#domain/median.ts";
import { type Message, parseEvent } from "#domain/protocol.ts";
import { startTracing } from "#server/adapters/start-tracing.ts";
import { openDatabase } from "#server/db/database.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { createClock } from "#server/process/clock.ts";
import { inSpan } from "#server/process/tracing.ts";
import { counterMessages, reportsPerMessage } from "./counter-load.ts";
import { describeMachine, formatTable } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "9" }, messages: { type: "string", default: "1500" } },
});
const messageCount = Number(values.messages);
const [messagesPerRequest, requestsAtOnce] = [50, 4];
const arms = ["bare", "off", "on"] as const;
type Arm = (typeof arms)[number];
const theDefault = "NULLIF(current_setting('tidemark.traceparent'::text, true), ''::text)";

/** Takes every batch of spans and counts them. */
async function startCollector() {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.byteLength;
    });
    request.on("end", () => response.end("{}"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1/traces`, bytes: () => bytes, stop: () => server.close() };
}

function load(): Message[] {
  return counterMessages(messageCount, 1_000).map((event) => {
    const parsed = parseEvent(event, new Date());
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return parsed.message;
  });
}

const postgres = await startBenchPostgres();
const database = openDatabase(postgres.url, { maxConnections: 10 });
const collector = await startCollector();
const messages = load();
const clock = createClock({ setting: null });
const writer = new BatchWriter({
  database,
  clock,
  instance: "bench",
  newNamesPerHour: { event_type: 1e9, datacenter: 1e9, reporter: 1e9 },
});

async function ingest(): Promise<number> {
  await database.sql.query("TRUNCATE report, lane_total, produced_hour, dirty_hour");
  await database.sql.query("CHECKPOINT");
  const requests = Array.from({ length: Math.ceil(messages.length / messagesPerRequest) }, (_, index) =>
    messages.slice(index * messagesPerRequest, (index + 1) * messagesPerRequest),
  );
  const startedMs = performance.now();
  const take = async () => {
    for (let request = requests.shift(); request; request = requests.shift()) {
      const entry = { messages: request, rejected: [] };
      const options = { name: "POST /api/v1/events", kind: "server" as const, parent: null, attributes: {} };
      await inSpan(
        () => options,
        () => writer.write(entry),
      );
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, take));
  return (messages.length * reportsPerMessage) / ((performance.now() - startedMs) / 1000);
}

async function run(arm: Arm): Promise<number> {
  const change = arm === "bare" ? "DROP DEFAULT" : `SET DEFAULT ${theDefault}`;
  await database.sql.query(`ALTER TABLE dirty_hour ALTER COLUMN traceparent ${change}`);
  const options = {
    url: collector.url,
    headers: {},
    resource: {},
    protocol: "http/json" as const,
    sampler: "always_on",
    ratio: 1,
  };
  const tracing = startTracing(arm === "on" ? options : null, { warn: (line) => process.stderr.write(`${line}\n`) });
  await tracing.opened;
  const rate = await ingest();
  await tracing.close();
  return rate;
}

try {
  await run("bare");
  const rates: Record<Arm, number[]> = { bare: [], off: [], on: [] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // Each arm is first, second and last equally often.
    for (let place = 0; place < arms.length; place += 1) {
      const arm = arms[(place + round) % arms.length] as Arm;
      rates[arm].push(await run(arm));
    }
  }
  const ratio = (arm: Arm) => median(rates[arm].map((rate, round) => rate / (rates.bare[round] ?? 1))) ?? 0;
  const rows = arms.map((arm) => [arm, Math.round(median(rates[arm]) ?? 0), ratio(arm).toFixed(3)]);
  process.stdout.write(
    `${describeMachine()}; ${values.rounds} rounds of ${messageCount * reportsPerMessage} reports\n\n`,
  );
  process.stdout.write(`${formatTable(["traces", "reports/s, median", "of bare, median of pairs"], rows)}\n`);
  process.stdout.write(`\n${Math.round(collector.bytes() / 1024)} KiB of spans were sent.\n`);
} finally {
  collector.stop();
  await database.close();
  await postgres.stop();
}
