import { hostname } from "node:os";
import type { Context } from "#server/access/context.ts";
import { createClock, wait } from "#server/clock.ts";
import { readConfig } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { listen } from "#server/db/notifications.ts";
import { createLog } from "#server/log.ts";
import { endWithParent } from "#server/parent-process.ts";
import { requireDatabaseUrl } from "#server/required-settings.ts";
import { forecast } from "./loop.ts";

// Chances change as time passes, also when nobody says anything. In the product's time.
const refreshEveryMs = 15_000;
// News come in swarms when an hour ends: so much of the product's time gathers them.
const gatherMs = 1_000;

const config = readConfig();
const url = requireDatabaseUrl(config);
const log = createLog({ name: "forecast", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
const database = openDatabase(url, { applicationName: "tidemark forecast", maxConnections: 3 });
const stopping = new AbortController();
let wake = new AbortController();
const listener = listen({
  url,
  channel: "tidemark_verdict",
  onNotification: () => wake.abort(),
  onConnected: () => wake.abort(),
});

const ctx: Context = { database, clock, actor: "worker:forecast", scopes: new Set(["admin"]) };
const running = forecast({
  ctx,
  instance: `${hostname()}:${process.pid}`,
  log,
  signal: stopping.signal,
  awaitWork: async (leastMs) => {
    // What changed while it worked is news, what changes from here on wakes it.
    await wait(clock, Math.max(gatherMs, leastMs * clock.speed), stopping.signal);
    await wait(clock, refreshEveryMs, AbortSignal.any([wake.signal, stopping.signal]));
    if (wake.signal.aborted) wake = new AbortController();
  },
});

endWithParent(async () => {
  stopping.abort();
  await running;
  await listener.close();
  await database.close();
});
