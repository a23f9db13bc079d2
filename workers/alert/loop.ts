import { setTimeout as sleep } from "node:timers/promises";
import type { TurnName } from "#domain/turn.ts";
import { readVolumesNow, type Volumes } from "#server/alerts/index.ts";
import { recordSamples } from "#server/explain/index.ts";
import { type IncidentListener, recordIncidentSamples, tickAlerts, updateSituations } from "#server/incidents/index.ts";
import { VolumeMemory } from "#server/volume/index.ts";
import { type LoopParts, repeat, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export interface AlertDeps extends LoopParts {
  listener: IncidentListener;
  /** Settles after this much of the product's time, or when the process is to stop. */
  pause(productMs: number): Promise<void>;
}

/** The loops of `alertOnJudged` and `alertByTime`. */
export const alertTurns: readonly TurnName[] = ["alert-judged", "alert", "volumes", "samples", "situations"];

const lease = { lease: "alert-tick", seconds: 10 };
const tickEveryMs = 1_000;
const volumesEveryMs = 60_000;
const samplesEveryMs = 60_000;
const failurePauseMs = 1_000;

/**
 * Evaluates what no message triggers, each second, until the signal aborts. One process holds the lease; another takes over when it
 * dies. Volumes and incidents' situations take seconds for hundreds of types, so they are read beside the ticks, and lanes are sampled there.
 */
export async function alertByTime(deps: AlertDeps): Promise<void> {
  const { ctx, log, turns, signal } = deps;
  let volumes: Volumes = new Map();
  let isHolder = false;
  const trouble = new Trouble(log, "Evaluating alert rules");
  const memory = new VolumeMemory();
  const besides = [
    {
      turn: "volumes" as const,
      what: "Judging volumes",
      everyMs: volumesEveryMs,
      run: async () => {
        volumes = await readVolumesNow({ ctx, memory });
      },
    },
    // What incidents' onsets, causes and recoveries are read from.
    {
      turn: "samples" as const,
      what: "Sampling lanes",
      everyMs: samplesEveryMs,
      run: async () => {
        const now = ctx.clock.now();
        await recordSamples(ctx.database.sql, now);
        await recordIncidentSamples(ctx.database.sql, now);
      },
    },
    {
      turn: "situations" as const,
      what: "Updating situations",
      everyMs: tickEveryMs,
      run: () => updateSituations({ ctx, listener: deps.listener }),
    },
  ].map((work) => beside(deps, () => isHolder, work));
  const faultsSaid = new Set<string>();
  await underLease(deps, lease, async (mayWork) => {
    while (!signal.aborted) {
      try {
        isHolder = await mayWork();
        if (!isHolder) turns.ended("alert");
        else {
          const { faults } = await tickAlerts({ ctx, input: { volumes }, listener: deps.listener });
          for (const fault of faults.filter((each) => !faultsSaid.has(each))) {
            faultsSaid.add(fault);
            log.error({ fault }, "A stored alert rule is invalid and is not evaluated. Apply it again or delete it.");
          }
          turns.completed("alert");
        }
        trouble.passed();
        await deps.pause(tickEveryMs);
      } catch (error) {
        trouble.failed(error, "retrying in 1 s");
        turns.ended("alert");
        await sleep(failurePauseMs);
      }
    }
    await Promise.all(besides);
  });
}

interface BesideWork {
  turn: TurnName;
  what: string;
  everyMs: number;
  run(): Promise<unknown>;
}

/** Work that takes longer than a tick may, for as long as this process holds the ticks' lease. */
async function beside(deps: AlertDeps, isHolder: () => boolean, work: BesideWork): Promise<void> {
  const { turn, what, everyMs, run } = work;
  await repeat(deps, {
    turn,
    what,
    async work() {
      if (!isHolder()) return null;
      await run();
      return true;
    },
    pause: (_, hasFailed) => (hasFailed ? sleep(failurePauseMs) : deps.pause(everyMs)),
  });
}
