import { setTimeout as sleep } from "node:timers/promises";
import { pastMessages, snapshotMessages } from "./live.ts";
import type { ProductClock } from "./product-clock.ts";
import { type Line, reportPast } from "./report-past.ts";
import type { SeriesSender } from "./send-series.ts";
import type { Simulation } from "./simulation.ts";

const paceMs = 10_000;

export interface LiveLine extends Line {
  /** Takes what Cloud Monitoring measures instead of the fleet; null: the fleet reports everything itself. */
  series: SeriesSender | null;
}

/** Continues from `until` by the product's clock, every ten seconds, until the signal aborts. */
export async function reportLive(
  line: LiveLine,
  simulation: Simulation,
  clock: ProductClock,
  until: Date,
): Promise<void> {
  let reportedUntil = until;
  line.product.say(`Reporting live every ${Math.round(realPaceMs(clock) / 1000)} s. Ctrl-C ends it.`);
  for (;;) {
    const at = clock.now();
    // After a restart of the product a drill's clock is set back: nothing is sent twice until it catches up.
    if (at > reportedUntil) {
      await reportPast(line, pastMessages(simulation, reportedUntil, at));
      await line.sender.send(snapshotMessages(simulation, reportedUntil, at, line.series !== null));
      await line.series?.send(at);
      reportedUntil = at;
    }
    await sleep(realPaceMs(clock), undefined, { signal: line.product.signal });
    await clock.sync();
  }
}

/** In a fast drill ten seconds are long: it reports more often, at most once a second. */
function realPaceMs(clock: ProductClock): number {
  return Math.max(1_000, paceMs / clock.speed);
}
