import type { Stage } from "../protocol.ts";
import type { LaneFacts } from "./facts.ts";

/** How many events of some lanes passed each stage within a time. */
export interface Flow {
  produced: number;
  published: number;
  delivered: number;
}

/** By how much the counts of the lanes grew between two minutes. Where the summed hours change, a minute is left out. */
export function flowBetween(lanes: readonly LaneFacts[], from: number, to: number): Flow {
  const flow: Flow = { produced: 0, published: 0, delivered: 0 };
  for (const { samples } of lanes) {
    for (let start = from, at = from + 1; at <= to; at++) {
      const changes = samples.fromHourMs[at] !== samples.fromHourMs[start];
      if (!changes && at < to) continue;
      const end = changes ? at - 1 : at;
      flow.produced += grown(samples.produced, start, end);
      flow.published += grown(samples.published, start, end);
      flow.delivered += grown(samples.delivered, start, end);
      start = at;
    }
  }
  return flow;
}

function grown(counts: readonly (number | null)[], from: number, to: number): number {
  return Math.max(0, (counts[to] ?? 0) - (counts[from] ?? 0));
}

/** Events of the lanes' running hours that have not reached a stage, of those that came before it; null: never reported. */
export function waitingBefore(
  lanes: readonly LaneFacts[],
  stage: Exclude<Stage, "produced">,
  at: number,
): { waiting: number; came: number } | null {
  let known = false;
  let waiting = 0;
  let came = 0;
  for (const { samples } of lanes) {
    const passed = samples[stage][at] ?? null;
    const before =
      (stage === "published" ? samples.produced[at] : (samples.published[at] ?? samples.produced[at])) ?? null;
    if (passed === null || before === null) continue;
    known = true;
    waiting += Math.max(0, before - passed);
    came += before;
  }
  return known ? { waiting, came } : null;
}
