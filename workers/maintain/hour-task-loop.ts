import { BatchSize } from "#domain/batch-size.ts";
import { isTimeUp } from "#server/db/database-errors.ts";
import { type OnJudged, runHourTasks } from "#server/verdicts/index.ts";
import { type LoopParts, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export interface HourTaskDeps extends LoopParts {
  /** Receives verdicts as they are committed. */
  onJudged: OnJudged;
  /** Waits this many product milliseconds, or until the signal aborts. */
  wait(productMs: number): Promise<void>;
}

const lease = { lease: "hour-tasks", seconds: 15 };
/** Real milliseconds between polls for work. */
const idleMs = 1_000;
/** Types, a month of each, whose verdicts are retimed at once. Few, because the judge of new facts skips types that are locked here. */
const batches = { targetMs: 250, least: 1, most: 4, first: 2 };
/** For each millisecond of work, this many are left to ingest and to the judge of new facts. */
const restPerWork = 0.5;

/**
 * Works off what catalogue changes ask of past hours, see server/verdicts/run-hour-tasks. In a process apart from the judge's, so that a new
 * hour never waits for CPU. One process at a time does it.
 */
export async function workOffHourTasks(deps: HourTaskDeps): Promise<void> {
  const { ctx, log, turns, onJudged, signal, wait } = deps;
  const trouble = new Trouble(log, "Judging past hours");
  const rest = (realMs: number) => wait(realMs * ctx.clock.speed);
  const size = new BatchSize(batches);
  await underLease(deps, lease, async (mayWork) => {
    while (!signal.aborted) {
      const startedAtMs = performance.now();
      let hours = 0;
      try {
        if (await mayWork()) {
          const { limit } = size;
          hours = await runHourTasks({ ctx, input: { limit }, onJudged });
          if (hours > 0) size.took(performance.now() - startedAtMs, limit);
          turns.completed("past-hours");
        } else turns.ended("past-hours");
        trouble.passed();
      } catch (error) {
        trouble.failed(error, "retrying in 1 s");
        turns.ended("past-hours");
        if (isTimeUp(error)) size.gaveUp();
      }
      await rest(hours > 0 ? (performance.now() - startedAtMs) * restPerWork : idleMs);
    }
  });
}
