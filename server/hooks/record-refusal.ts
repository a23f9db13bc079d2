import type { Database } from "#server/db/database.ts";
import { logDelivery } from "./log-delivery.ts";

interface Refusal {
  readonly name: string;
  readonly reason: string;
  readonly now: Date;
  readonly realNow: Date;
}

interface Unwritten {
  times: number;
  writtenAtMs: number;
}

/** Anyone may send what is refused: however often they do, a process writes one row of each hook and reason in this time. */
const restMs = 1_000;
const unwritten = new WeakMap<Database, Map<string, Unwritten>>();

/** Notes that a delivery was refused, and why, for the hook's page. Those within a moment of the last are written with the next. */
export async function recordRefusal(database: Database, { name, reason, now, realNow }: Refusal): Promise<void> {
  const known = unwritten.get(database) ?? new Map<string, Unwritten>();
  unwritten.set(database, known);
  const key = JSON.stringify([name, reason]);
  const { times, writtenAtMs } = known.get(key) ?? { times: 0, writtenAtMs: Number.NEGATIVE_INFINITY };
  const isDue = realNow.getTime() - writtenAtMs >= restMs;
  known.set(key, isDue ? { times: 0, writtenAtMs: realNow.getTime() } : { times: times + 1, writtenAtMs });
  if (!isDue) return;
  await database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE deployment_hook SET refused = refused + $2, last_refused_at = greatest(last_refused_at, $3) WHERE name = $1`,
      [name, times + 1, now],
    );
    if (rowCount === 0) return;
    await logDelivery(tx, { hook: name, outcome: "refused", detail: reason, times: times + 1, now });
  });
}
