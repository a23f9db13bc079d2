import { BatchSize } from "#domain/batch-size.ts";
import type { TurnName } from "#domain/turn.ts";
import { isTimeUp } from "#server/db/database-errors.ts";
import { createCurrentHours, type JudgeHoursInput, judgeHours, type OnJudged } from "#server/verdicts/index.ts";
import { type LoopParts, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export interface EvaluateDeps extends LoopParts {
  /** Receives verdicts as they are committed. */
  onJudged: OnJudged;
  /**
   * Settles at the next committed batch of facts, or after the wait, at most this many real milliseconds: whichever is first.
   */
  awaitWork(atMostMs: number): Promise<void>;
}

const creationLease = { lease: "create-hours", seconds: 15 };
type Judged = NonNullable<JudgeHoursInput["only"]>;

const failurePauseMs = 1_000;
const loops = ["create-hours", "judge", "judge-running", "judge-again"] as const satisfies TurnName[];
/**
 * Running hours are judged again with every count that grows. For each millisecond of that, this many are left to everything else.
 */
const restPerWork = 1;
/** A new hour, or one with new facts, waits for one batch at most, of whichever kind is under way. */
const batches = { ended: { targetMs: 500, least: 50, most: 4_000 }, past: { targetMs: 250, least: 10, most: 4_000 } };

/**
 * Judges until the signal aborts. A failure is logged and retried: the marks it left record what is still to do. Ended hours go
 * first, because jobs wait for them and they page; running ones are judged in between, a few types at a time. What corrections and
 * catalogue changes ask for again follows each turn in one short batch: it is never starved, blocks nothing for long, and its
 * failures stop no other judging.
 */
export async function evaluate(deps: EvaluateDeps): Promise<void> {
  const { ctx, instance, turns, signal } = deps;
  const trouble = new Trouble(deps.log, "Judging");
  const size = { ended: new BatchSize(batches.ended), running: new BatchSize(batches.ended) };
  const judgePast = openPast(deps);
  let restUntilMs = 0;
  await underLease({ ctx, instance }, creationLease, async (holdsCreation) => {
    while (!signal.aborted) {
      try {
        if (!(await deps.clockCheck.agrees())) {
          for (const name of loops) turns.ended(name);
          await deps.awaitWork(Number.POSITIVE_INFINITY);
          continue;
        }
        if (await holdsCreation()) {
          await createCurrentHours({ ctx });
          turns.completed("create-hours");
        } else turns.ended("create-hours");
        const ended = await judgeBatch(deps, "ended", size.ended);
        turns.completed("judge");
        const restMs = restUntilMs - performance.now();
        const startedMs = performance.now();
        const running = restMs > 0 ? 0 : await judgeBatch(deps, "running", size.running);
        turns.completed("judge-running");
        trouble.passed();
        if (running > 0) restUntilMs = performance.now() + (performance.now() - startedMs) * restPerWork;
        const past = await judgePast();
        if (ended + running + past === 0) await deps.awaitWork(restMs > 0 ? restMs : Number.POSITIVE_INFINITY);
      } catch (error) {
        trouble.failed(error, "retrying in 1 s");
        for (const name of loops) turns.ended(name);
        if (isTimeUp(error)) for (const each of [size.ended, size.running]) each.gaveUp();
        await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
      }
    }
  });
}

async function judgeBatch({ ctx, onJudged }: EvaluateDeps, only: Judged, size: BatchSize): Promise<number> {
  const startedMs = performance.now();
  const judged = await judgeHours({ ctx, input: { limit: size.limit, only }, onJudged });
  size.took(performance.now() - startedMs, judged);
  return judged;
}

/** Judges a batch of what corrections and catalogue changes ask for again; after a failure it pauses for a second. */
function openPast(deps: EvaluateDeps): () => Promise<number> {
  const trouble = new Trouble(deps.log, "Judging hours again");
  const size = new BatchSize({ ...batches.past, first: 100 });
  let pausedUntilMs = 0;
  return async () => {
    if (performance.now() < pausedUntilMs) return 0;
    try {
      const judged = await judgeBatch(deps, "past", size);
      deps.turns.completed("judge-again");
      trouble.passed();
      return judged;
    } catch (error) {
      trouble.failed(error, "retrying in 1 s");
      deps.turns.ended("judge-again");
      if (isTimeUp(error)) size.gaveUp();
      pausedUntilMs = performance.now() + failurePauseMs;
      return 0;
    }
  };
}
