import { notifyOfIncidents } from "#server/notifications/index.ts";
import { openWorker } from "../open-worker.ts";
import { alertOnJudged } from "./judged-loop.ts";
import { alertByTime } from "./loop.ts";

// In a drill that runs fast, a second of the product's time is soon over: the database is left some of the real one.
const leastPauseMs = 100;
// Whoever failed in the middle left marks that nobody is told of again.
const lookEveryMs = 1_000;

const worker = openWorker({
  name: "alert",
  work: "alert",
  turns: ["alert-judged", "alert", "volumes"],
  maxConnections: 4,
});
const { speed } = worker.parts.ctx.clock;
const parts = { ...worker.parts, listener: notifyOfIncidents };
const waitForJudged = worker.waitFor("tidemark_alert_due");
const onJudged = alertOnJudged({ ...parts, awaitJudged: () => waitForJudged(lookEveryMs * speed) });
const byTime = alertByTime({ ...parts, pause: (productMs) => worker.wait(Math.max(productMs, leastPauseMs * speed)) });
worker.endAfter([onJudged, byTime]);
