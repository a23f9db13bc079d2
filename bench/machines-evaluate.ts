import { formatTable } from "./machine.ts";
import { changeHours, fillHours, startJudges, untilJudged, usedBy } from "./machines-hours.ts";
import { startBenchPostgres } from "./postgres.ts";

const counts = [1, 2, 4];
const rounds = 2;
const size = { types: 500, hours: 12 };

/** Every ended hour changes at once, with 1, 2 and 4 evaluate processes, in turn. */
export async function measureEvaluate(): Promise<string> {
  const postgres = await startBenchPostgres();
  const rows: (string | number)[][] = [];
  try {
    const hours = await fillHours(postgres.url, size);
    for (let round = 1; round <= rounds; round += 1) {
      for (const count of counts) {
        const judges = await startJudges(hours, count);
        await changeHours(hours);
        await untilJudged(hours.database);
        const before = await usedBy(judges, postgres.url);
        const committedAtMs = await changeHours(hours);
        await untilJudged(hours.database);
        const seconds = (performance.now() - committedAtMs) / 1_000;
        const after = await usedBy(judges, postgres.url);
        const each = (index: 0 | 1) => Math.round(((after[index] - before[index]) * 1e6) / hours.verdicts);
        rows.push([count, round, Math.round(hours.verdicts / seconds), each(0), each(1)]);
        process.stderr.write(`${rows.at(-1)?.join(" ")}\n`);
        await Promise.all(judges.map((judge) => judge.stop()));
      }
    }
    await hours.database.close();
  } finally {
    await postgres.stop();
  }
  const header = [
    "evaluate processes",
    "round",
    "verdicts/s",
    "CPU µs a verdict, judges",
    "CPU µs a verdict, PostgreSQL",
  ];
  return formatTable(
    header,
    rows.sort(([a], [b]) => Number(a) - Number(b)),
  );
}
