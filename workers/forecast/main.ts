import { loadCatchUps } from "#server/incidents/index.ts";
import { openWorker } from "../open-worker.ts";
import { forecast } from "./loop.ts";

// Probabilities change as time passes, also without any message. In the product's time.
const refreshEveryMs = 15_000;
// Changes come in bursts when an hour ends: they are gathered for this much of the product's time.
const gatherMs = 1_000;

const worker = openWorker({ name: "forecast", work: "forecast", turns: ["forecast"], maxConnections: 3 });
const { speed } = worker.parts.ctx.clock;
const waitForVerdicts = worker.waitFor("tidemark_verdict");
const forecasting = forecast({
  ...worker.parts,
  loadCatchUps,
  awaitWork: async (leastMs) => {
    // Changes made while it worked are picked up; changes from here on wake it.
    await worker.wait(Math.max(gatherMs, leastMs * speed));
    await waitForVerdicts(refreshEveryMs);
  },
});
worker.endAfter([forecasting]);
