import { formatTable, percentile } from "./machine.ts";
import { changeHours, fillHours, startJudges, untilJudged, usedBy } from "./machines-hours.ts";
import { createBeside, startBenchPostgres } from "./postgres.ts";

const sizes = [10, 100, 1_000, 10_000];
/** So many verdicts at least, of however many changes. */
const leastVerdicts = 2_000;
const probes = 60;

/** What a verdict costs among 10 to 10,000 types: every type's ended hour at once, and one hour alone. */
export async function measureTypes(): Promise<string> {
  const postgres = await startBenchPostgres();
  const rows: (string | number)[][] = [];
  try {
    for (const types of sizes) {
      const hours = await fillHours(await createBeside(postgres.url, `judged_${types}`), { types, hours: 1 });
      const judges = await startJudges(hours, 1);
      await changeHours(hours);
      await untilJudged(hours.database);
      const changes = Math.ceil(leastVerdicts / types);
      const before = await usedBy(judges, hours.url);
      let judgingMs = 0;
      for (let change = 0; change < changes; change += 1) {
        const committedAtMs = await changeHours(hours);
        await untilJudged(hours.database);
        judgingMs += performance.now() - committedAtMs;
      }
      const after = await usedBy(judges, hours.url);
      const verdicts = changes * hours.verdicts;
      const each = (index: 0 | 1) => Math.round(((after[index] - before[index]) * 1e6) / verdicts);
      const alone: number[] = [];
      for (let probe = 0; probe < probes; probe += 1) {
        const committedAtMs = await changeHours(hours, hours.oneHour);
        await untilJudged(hours.database);
        alone.push(performance.now() - committedAtMs);
      }
      const figures = [percentile(alone, 0.5), percentile(alone, 0.95)].map((ms) => ms.toFixed(1));
      rows.push([types, Math.round((verdicts * 1_000) / judgingMs), each(0), each(1), ...figures]);
      process.stderr.write(`${rows.at(-1)?.join(" ")}\n`);
      await Promise.all(judges.map((judge) => judge.stop()));
      await hours.database.close();
    }
  } finally {
    await postgres.stop();
  }
  return formatTable(
    [
      "event types",
      "all at once: verdicts/s",
      "CPU µs a verdict, judge",
      "CPU µs a verdict, PostgreSQL (the change included)",
      "one hour alone: p50 ms",
      "p95 ms",
    ],
    rows,
  );
}
