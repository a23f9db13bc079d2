import type { Context } from "#server/access/index.ts";
import { keepLease, releaseLease } from "#server/db/lease.ts";
import { fitForecast, readFitNeed, refreshForecasts, type StoredModel } from "#server/forecast/index.ts";
import type { Log } from "#server/process/log.ts";
import type { TurnLog } from "#server/turns/index.ts";
import { Trouble } from "../trouble.ts";
import { FitTurns } from "./fit-turns.ts";

export interface ForecastDeps {
  ctx: Context;
  /** This process among those that would forecast. */
  instance: string;
  log: Log;
  turns: TurnLog;
  signal: AbortSignal;
  /**
   * Settles when verdicts change or after the usual wait, whichever is first, but not before this many real milliseconds.
   */
  awaitWork(leastMs: number): Promise<void>;
}

const lease = "forecast";
const leaseSeconds = 15;
const failurePauseMs = 1_000;
const lookForLeaseEveryMs = 2_000;
// In a fast drill an hour takes seconds: refreshes may not take all of the machine.
const refreshShare = 3;

/** Forecasts until the signal aborts. One process at a time does it; a failure is logged and retried. */
export async function forecast(deps: ForecastDeps): Promise<void> {
  const { ctx, instance, log, turns, signal } = deps;
  const trouble = new Trouble(log, "Forecasting");
  const holds = keepLease(ctx.database.sql, lease, instance, leaseSeconds);
  const fitTurns = new FitTurns();
  let stored: StoredModel | null = null;
  while (!signal.aborted) {
    try {
      if (await holds()) {
        if (fitTurns.isTimeToLook(performance.now())) await fitWhenDue(deps, fitTurns);
        const refreshAtMs = performance.now();
        ({ stored } = await refreshForecasts({ ctx, known: stored }));
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
  await releaseLease(ctx.database.sql, lease, instance).catch(() => undefined);
}

async function fitWhenDue({ ctx, log }: ForecastDeps, turns: FitTurns): Promise<void> {
  if (!turns.isTurn(await readFitNeed({ ctx }), performance.now())) return;
  const startedAtMs = performance.now();
  const fitted = await fitForecast({ ctx });
  const tookMs = Math.round(performance.now() - startedAtMs);
  turns.noteFit(tookMs, performance.now());
  if (fitted) log.debug({ rows: fitted.rows, heldOut: fitted.heldOut, tookMs }, "Refitted the closing forecast.");
}
