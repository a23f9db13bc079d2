import type { Sql } from "#server/db/database.ts";
import { type TurnLog, writeIntakes } from "#server/turns/index.ts";
import type { IntakeState } from "./intake-state.ts";

const lookEveryMs = 2_000;
/** A message held for this long is not being committed, whatever the reason. */
const heldTooLongMs = 60_000;

export interface PullWatch {
  /** A message is held until this settles. */
  hold(taking: Promise<void>): Promise<void>;
}

export interface PullWatchOptions {
  sql: Sql;
  instance: string;
  turns: TurnLog;
  intakes: readonly IntakeState[];
}

/**
 * Reports ingest's pulse every two seconds: what was handed over is soon committed, or there was nothing; and each intake by itself,
 * so that one that stands is seen though others are heard.
 */
export function watchPull({ sql, instance, turns, intakes }: PullWatchOptions): PullWatch {
  const heldSinceMs = new Set<{ atMs: number }>();
  let writing = false;
  const look = async () => {
    // In the order of arrival: the first is the oldest.
    const [oldest] = heldSinceMs;
    const isLate = oldest !== undefined && performance.now() - oldest.atMs > heldTooLongMs;
    // Waiting for the database is no standstill of this process.
    if (isLate) turns.ended("pull");
    else turns.completed("pull");
    if (writing) return;
    writing = true;
    // The next look writes what this one could not.
    await writeIntakes(sql, { instance, intakes: intakes.map((intake) => intake.report()) }).catch(() => undefined);
    writing = false;
  };
  setInterval(() => void look(), lookEveryMs).unref();
  return {
    async hold(taking) {
      const held = { atMs: performance.now() };
      heldSinceMs.add(held);
      await taking.finally(() => heldSinceMs.delete(held));
    },
  };
}
