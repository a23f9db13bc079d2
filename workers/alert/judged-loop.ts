import { BatchSize } from "#domain/batch-size.ts";
import { evaluateDueAlerts, type IncidentListener, postponeOldestDue } from "#server/incidents/index.ts";
import type { LoopParts } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export interface JudgedLoopDeps extends Omit<LoopParts, "instance"> {
  listener: IncidentListener;
  /** Settles when something was judged, or after a while. */
  awaitJudged(): Promise<void>;
}

/** Types per transaction, by how long they take: incidents that they open stay locked until it ends. */
const batches = { targetMs: 1_000, least: 1, most: 200 };
const failurePauseMs = 1_000;

/**
 * Evaluates the rules about whatever was judged, as soon as it was, until the signal aborts. Any number of processes may
 * run it.
 */
export async function alertOnJudged(deps: JudgedLoopDeps): Promise<void> {
  const { ctx, log, turns, listener, signal } = deps;
  const trouble = new Trouble(log, "Evaluating alert rules of judged hours");
  const size = new BatchSize(batches);
  while (!signal.aborted) {
    try {
      if (await deps.clockCheck.agrees()) {
        const startedMs = performance.now();
        const types = await evaluateDueAlerts({ ctx, input: { limit: size.limit }, listener });
        size.took(performance.now() - startedMs, types);
        turns.completed("alert-judged");
        trouble.passed();
        if (types > 0) continue;
      } else turns.ended("alert-judged");
      await deps.awaitJudged();
    } catch (error) {
      trouble.failed(error, "retrying in 1 s");
      turns.ended("alert-judged");
      // What fails alone steps back; what fails among others is sought by halves.
      if (size.limit === 1) await postponeOldestDue({ ctx }).catch(() => undefined);
      size.gaveUp();
      await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
    }
  }
}
