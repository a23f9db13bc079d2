import type { Context } from "#server/access/context.ts";
import { keepLease, releaseLease } from "#server/db/lease.ts";
import { fitForecast, isFitDue } from "#server/forecast/fit-forecast.ts";
import type { StoredModel } from "#server/forecast/load-model.ts";
import { refreshForecasts } from "#server/forecast/refresh-forecasts.ts";
import type { Log } from "#server/log.ts";

export interface ForecastDeps {
  ctx: Context;
  /** This process among those that would forecast. */
  instance: string;
  log: Log;
  signal: AbortSignal;
  /** Settles when verdicts change or after the usual wait, whichever is first, but not before so many real milliseconds. */
  awaitWork(leastMs: number): Promise<void>;
}

const lease = "forecast";
const leaseSeconds = 15;
const failurePauseMs = 1_000;
const lookForFitEveryMs = 2_000;
// A fast drill has an hour in seconds: neither fits nor refreshes may take the machine for themselves.
const fitShare = 20;
const refreshShare = 3;

/** Forecasts until the signal aborts. One process at a time does it; a failure is logged and tried again. */
export async function forecast(deps: ForecastDeps): Promise<void> {
  const { ctx, instance, log, signal } = deps;
  const holds = keepLease(ctx.database.sql, lease, instance, leaseSeconds);
  let stored: StoredModel | null = null;
  let fitAgainAtMs = 0;
  while (!signal.aborted) {
    const startedAtMs = performance.now();
    try {
      if (await holds()) {
        if (startedAtMs >= fitAgainAtMs) {
          const tookMs = await fitWhenDue(deps);
          fitAgainAtMs = performance.now() + Math.max(lookForFitEveryMs, fitShare * tookMs);
        }
        const refreshAtMs = performance.now();
        ({ stored } = await refreshForecasts({ ctx, known: stored }));
        await deps.awaitWork(refreshShare * (performance.now() - refreshAtMs));
      } else await deps.awaitWork(lookForFitEveryMs);
    } catch (error) {
      log.error({ err: error }, "Forecasting failed; trying again in a second.");
      await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
    }
  }
  await releaseLease(ctx.database.sql, lease, instance).catch(() => undefined);
}

/** How many milliseconds it took; 0: not due. */
async function fitWhenDue({ ctx, log }: ForecastDeps): Promise<number> {
  if (!(await isFitDue({ ctx }))) return 0;
  const startedAtMs = performance.now();
  const fitted = await fitForecast({ ctx });
  const tookMs = Math.round(performance.now() - startedAtMs);
  if (fitted) log.debug({ rows: fitted.rows, heldOut: fitted.heldOut, tookMs }, "Learned anew when hours close.");
  return tookMs;
}
