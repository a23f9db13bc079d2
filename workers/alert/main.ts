import { notifyOfIncidents } from "#server/notifications/index.ts";
import { openWorker } from "../open-worker.ts";
import { alertOnJudged } from "./judged-loop.ts";
import { alertByTime, alertTurns } from "./loop.ts";

// In a fast drill a second of the product's time is soon over: the database is left some real time.
const leastPauseMs = 100;
// A process that failed midway left marks that are never notified again.
const lookEveryMs = 1_000;

const worker = openWorker({
  name: "alert",
  work: "alert",
  turns: alertTurns,
  // Explaining an incident takes several at once, and pages must not wait for them.
  maxConnections: 8,
});
const { speed } = worker.parts.ctx.clock;
const parts = { ...worker.parts, listener: notifyOfIncidents };
const waitForJudged = worker.waitFor("tidemark_alert_due");
const onJudged = alertOnJudged({ ...parts, awaitJudged: () => waitForJudged(lookEveryMs * speed) });
const byTime = alertByTime({ ...parts, pause: (productMs) => worker.wait(Math.max(productMs, leastPauseMs * speed)) });
worker.endAfter([onJudged, byTime]);
