import { openWorker } from "../open-worker.ts";
import { alertByTime } from "./loop.ts";

// In a drill that runs fast, a second of the product's time is soon over: the database is left some of the real one.
const leastPauseMs = 100;

const worker = openWorker({ name: "alert", work: "alert", turns: ["alert", "volumes"], maxConnections: 3 });
const { speed } = worker.parts.ctx.clock;
const alerting = alertByTime({
  ...worker.parts,
  pause: (productMs) => worker.wait(Math.max(productMs, leastPauseMs * speed)),
});
worker.endAfter([alerting]);
