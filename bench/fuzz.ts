// Hostile and valid input by the million against ingest and the catalogue, with the judge running: see test/fuzz. `--
// --runs 100000 --seed 7`: the same seed makes the same requests. `-- --endpoints 200` sends that many requests, made from
// the API's own schemas, to each operation instead. Exits with 1 if something was found.
import { parseArgs } from "node:util";
import { openDatabase } from "#server/db/database.ts";
import { fuzzEndpoints } from "../test/fuzz/fuzz-endpoints.ts";
import { runFuzz } from "../test/fuzz/run-fuzz.ts";
import { describeMachine } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    round: { type: "string", default: "10000" },
    endpoints: { type: "string" },
  },
});
const [inputs, seed, roundInputs] = [Number(values.runs), Number(values.seed), Number(values.round)];
const say = (line: string) => void process.stdout.write(`${line}\n`);

// Durability across power loss is not tested here.
const postgres = await startBenchPostgres({ fsync: "off", synchronous_commit: "off" });
const database = openDatabase(postgres.url);
try {
  const findings =
    values.endpoints === undefined ? await fuzzInputs() : await fuzzEveryEndpoint(Number(values.endpoints));
  say(`${findings.length} findings with seed ${seed}.`);
  if (findings.length > 0) process.exitCode = 1;
} finally {
  await database.close();
  await postgres.stop();
}

async function fuzzInputs(): Promise<readonly string[]> {
  say(`${describeMachine()}; ${inputs} inputs, seed ${seed}`);
  const report = await runFuzz({ database, seed, inputs, roundInputs, say });
  say(
    `${report.inputs} inputs in ${report.requests} requests, ${report.taken} events taken, ${report.corrected} corrections made and undone, ${report.seconds.toFixed(0)} s.`,
  );
  say(`Answers: ${sorted(report.statuses)}.`);
  say(`${report.hours} verdicts compared in ${report.rounds} rounds; in the last: ${sorted(report.states)}.`);
  return report.findings;
}

async function fuzzEveryEndpoint(requestsEach: number): Promise<readonly string[]> {
  say(`${describeMachine()}; ${requestsEach} requests to each operation, seed ${seed}`);
  const { operations, requests, done, statuses, seconds, findings } = await fuzzEndpoints({
    database,
    seed,
    requestsEach,
    say,
  });
  for (const finding of findings) say(finding);
  const missed = operations.filter((id) => !done.has(id));
  say(
    `${requests} requests to ${operations.length} operations, ${seconds.toFixed(0)} s. Answers: ${sorted(statuses)}.`,
  );
  say(`${done.size} operations carried out at least one; never: ${missed.join(", ") || "none"}.`);
  return findings;
}

function sorted(counts: ReadonlyMap<string | number, number>): string {
  return [...counts]
    .sort()
    .map(([key, count]) => `${key}: ${count}`)
    .join(", ");
}
