import { setTimeout as sleep } from "node:timers/promises";
import { pingWatchdog } from "#server/adapters/watchdog.ts";
import { publicUrlOf, readSecret } from "#server/config.ts";
import { ChannelLoad, type NotifyContext } from "#server/notifications/index.ts";
import { openWorker } from "../open-worker.ts";
import { notify } from "./loop.ts";
import { createSend } from "./send-to-channel.ts";
import { serveSubscriptions } from "./subscriptions.ts";
import { decidingTasks, sendingTasks } from "./tasks.ts";

const worker = openWorker({
  name: "notify",
  work: "notify",
  turns: ["take-over-jobs", "repair-deliveries", "consumer-messages"],
  maxConnections: 8,
});
const { log, signal } = worker.parts;
const publicUrl = publicUrlOf(worker.config);
const watchdogUrl = worker.config.TIDEMARK_WATCHDOG_URL;

const ctx: NotifyContext = {
  ...worker.parts.ctx,
  publicUrl,
  load: new ChannelLoad(),
  send: createSend({ publicUrl, clock: worker.parts.ctx.clock, readSecret }),
};
const notifying = notify({
  ...worker.parts,
  ctx,
  deciding: decidingTasks(ctx),
  sending: sendingTasks(ctx),
  pubsub: worker.config.PUBSUB_PROJECT_ID !== null,
  pingWatchdog: watchdogUrl === null ? null : () => pingWatchdog(watchdogUrl),
  pause: (realMs) => sleep(realMs, undefined, { signal }).catch(() => undefined),
});
const serving = serveSubscriptions({ ctx, log, turns: worker.parts.turns, signal });
worker.endAfter([notifying, serving]);
