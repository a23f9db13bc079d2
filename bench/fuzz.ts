// Hostile and valid input by the million against ingest and the catalogue, with the judge running: see test/fuzz. `--
// --runs 100000 --seed 7`: the same seed makes the same requests. Exits with 1 if something was found.
import { parseArgs } from "node:util";
import { openDatabase } from "#server/db/database.ts";
import { runFuzz } from "../test/fuzz/run-fuzz.ts";
import { describeMachine } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    round: { type: "string", default: "10000" },
  },
});
const [inputs, seed, roundInputs] = [Number(values.runs), Number(values.seed), Number(values.round)];
process.stdout.write(`${describeMachine()}; ${inputs} inputs, seed ${seed}\n`);

// Durability across power loss is not tested here.
const postgres = await startBenchPostgres({ fsync: "off", synchronous_commit: "off" });
const database = openDatabase(postgres.url);
try {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const report = await runFuzz({ database, seed, inputs, roundInputs, say });
  const sorted = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .sort()
      .map(([key, count]) => `${key}: ${count}`)
      .join(", ");
  say(
    `${report.inputs} inputs in ${report.requests} requests, ${report.taken} events taken, ${report.corrected} corrections made and undone, ${report.seconds.toFixed(0)} s.`,
  );
  say(`Answers: ${sorted(report.statuses)}.`);
  say(`${report.hours} verdicts compared in ${report.rounds} rounds; in the last: ${sorted(report.states)}.`);
  say(`${report.findings.length} findings with seed ${seed}.`);
  if (report.findings.length > 0) process.exitCode = 1;
} finally {
  await database.close();
  await postgres.stop();
}
