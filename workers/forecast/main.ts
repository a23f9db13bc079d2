import { openWorker } from "../open-worker.ts";
import { forecast } from "./loop.ts";

// Chances change as time passes, also when nobody says anything. In the product's time.
const refreshEveryMs = 15_000;
// News come in swarms when an hour ends: so much of the product's time gathers them.
const gatherMs = 1_000;

const worker = openWorker({ name: "forecast", work: "forecast", turns: ["forecast"], maxConnections: 3 });
const { speed } = worker.parts.ctx.clock;
const waitForVerdicts = worker.waitFor("tidemark_verdict");
const forecasting = forecast({
  ...worker.parts,
  awaitWork: async (leastMs) => {
    // What changed while it worked is news, what changes from here on wakes it.
    await worker.wait(Math.max(gatherMs, leastMs * speed));
    await waitForVerdicts(refreshEveryMs);
  },
});
worker.endAfter([forecasting]);
