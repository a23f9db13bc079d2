import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { pingWatchdog } from "#server/adapters/watchdog.ts";
import { createClock } from "#server/clock.ts";
import { publicUrlOf, readConfig, readSecret } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { createLog } from "#server/log.ts";
import { ChannelLoad } from "#server/notifications/channel-load.ts";
import type { NotifyContext } from "#server/notifications/context.ts";
import { endWithParent } from "#server/parent-process.ts";
import { requireDatabaseUrl } from "#server/required-settings.ts";
import { notify } from "./loop.ts";
import { createSend } from "./send-to-channel.ts";
import { tellSubscriptions } from "./subscriptions.ts";
import { decidingTasks, sendingTasks } from "./tasks.ts";

const config = readConfig();
const url = requireDatabaseUrl(config);
const log = createLog({ name: "notify", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
const database = openDatabase(url, { applicationName: "tidemark notify", maxConnections: 8 });
const stopping = new AbortController();
const { signal } = stopping;
const publicUrl = publicUrlOf(config);
const watchdogUrl = config.TIDEMARK_WATCHDOG_URL;

const ctx: NotifyContext = {
  database,
  clock,
  actor: "worker:notify",
  scopes: new Set(["admin"]),
  publicUrl,
  load: new ChannelLoad(),
  send: createSend({ publicUrl, clock, readSecret }),
};
const notifying = notify({
  ctx,
  instance: `${hostname()}:${process.pid}`,
  log,
  signal,
  deciding: decidingTasks(ctx),
  sending: sendingTasks(ctx),
  pingWatchdog: watchdogUrl === null ? null : () => pingWatchdog(watchdogUrl),
  pause: (realMs) => sleep(realMs, undefined, { signal }).catch(() => undefined),
});

const telling = tellSubscriptions({ ctx, log, signal });

endWithParent(async () => {
  stopping.abort();
  await Promise.all([notifying, telling]);
  await database.close();
});
