import { formatHour, hourOf } from "#domain/hour.ts";
import type { Context } from "#server/access/context.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";

interface Load {
  readonly types: number;
  /** Real milliseconds. */
  readonly until: number;
}

const reportsABatch = 100;
const everyMs = 100;

/** A thousand reports a second, in ten commits; the milliseconds that each took. A late one is not made up for. */
export async function ingestReports({ database, clock }: Context, load: Load): Promise<number[]> {
  const { types } = load;
  const took: number[] = [];
  const writer = new BatchWriter({ database, clock, instance: "bench" });
  // The caller may end the load earlier.
  for (let round = 0; Date.now() < load.until; round += 1) {
    const startedAtMs = performance.now();
    const time = clock.now();
    const message = {
      kind: "counters" as const,
      source: "/bench",
      id: String(time.getTime()),
      time,
      dc: `dc-${1 + (round % 5)}`,
      stage: "delivered" as const,
      reporter: `reporter-${round % 50}`,
      epoch: 0,
      final: false,
      reports: Array.from({ length: reportsABatch }, (_, index) => ({
        eventType: `Event${String(1 + ((round * reportsABatch + index) % types)).padStart(4, "0")}`,
        hour: hourOf(time),
        landedHour: hourOf(time),
        events: time.getTime() % 1_000_000_000,
        bytes: null,
        malformed: null,
      })),
    };
    await writer.write({ messages: [message], rejected: [] });
    const elapsed = performance.now() - startedAtMs;
    took.push(elapsed);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, everyMs - elapsed)));
  }
  return took;
}

/** For each hour that begins: how many real milliseconds later the first verdicts of all types existed. */
export async function watchNewHours(
  { database, clock }: Context,
  { types, until }: Load,
): Promise<{ hour: string; ms: number }[]> {
  const delays: { hour: string; ms: number }[] = [];
  let last = hourOf(clock.now()).getTime();
  while (Date.now() < until) {
    const hour = hourOf(clock.now());
    if (hour.getTime() !== last) {
      const { rows } = await database.sql.query<{ judged: number }>(
        "SELECT count(*)::int AS judged FROM verdict WHERE hour = $1 AND revision > 0",
        [hour],
      );
      if (rows[0]?.judged === types) {
        delays.push({ hour: formatHour(hour), ms: (clock.now().getTime() - hour.getTime()) / clock.speed });
        last = hour.getTime();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return delays;
}
