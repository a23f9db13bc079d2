import {
  fitForecast,
  type LoadCatchUps,
  readFitNeed,
  refreshForecasts,
  type StoredModel,
} from "#server/forecast/index.ts";
import { type LoopParts, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";
import { FitTurns } from "./fit-turns.ts";

export interface ForecastDeps extends Omit<LoopParts, "clockCheck"> {
  /**
   * Settles when verdicts change or after the usual wait, whichever is first, but not before this many real milliseconds.
   */
  awaitWork(leastMs: number): Promise<void>;
  loadCatchUps: LoadCatchUps;
}

const lease = { lease: "forecast", seconds: 15 };
const failurePauseMs = 1_000;
const lookForLeaseEveryMs = 2_000;
// In a fast drill an hour takes seconds: refreshes may not take all of the machine.
const refreshShare = 3;

/** Forecasts until the signal aborts. One process at a time does it; a failure is logged and retried. */
export async function forecast(deps: ForecastDeps): Promise<void> {
  const { ctx, instance, log, turns, signal } = deps;
  const trouble = new Trouble(log, "Forecasting");
  const fitTurns = new FitTurns();
  let stored: StoredModel | null = null;
  await underLease({ ctx, instance }, lease, async (holds) => {
    while (!signal.aborted) {
      try {
        if (await holds()) {
          if (fitTurns.isTimeToLook(performance.now())) await fitWhenDue(deps, fitTurns);
          const refreshAtMs = performance.now();
          ({ stored } = await refreshForecasts({ ctx, known: stored, loadCatchUps: deps.loadCatchUps }));
          turns.completed("forecast");
          trouble.passed();
          await deps.awaitWork(refreshShare * (performance.now() - refreshAtMs));
        } else {
          turns.ended("forecast");
          await deps.awaitWork(lookForLeaseEveryMs);
        }
      } catch (error) {
        trouble.failed(error, "retrying in 1 s");
        turns.ended("forecast");
        await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
      }
    }
  });
}

async function fitWhenDue({ ctx, log }: ForecastDeps, turns: FitTurns): Promise<void> {
  if (!turns.isTurn(await readFitNeed({ ctx }), performance.now())) return;
  const startedAtMs = performance.now();
  const fitted = await fitForecast({ ctx });
  const tookMs = Math.round(performance.now() - startedAtMs);
  turns.noteFit(tookMs, performance.now());
  if (fitted) log.debug({ rows: fitted.rows, heldOut: fitted.heldOut, tookMs }, "Refitted the closing forecast.");
}
