import { hostname } from "node:os";
import type { Context } from "#server/access/context.ts";
import { createClock, wait } from "#server/clock.ts";
import { readConfig } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { listen } from "#server/db/notifications.ts";
import { createLog } from "#server/log.ts";
import { endWithParent } from "#server/parent-process.ts";
import { requireDatabaseUrl } from "#server/required-settings.ts";
import { evaluate } from "./loop.ts";

// Time makes hours due without anybody saying so: looked for this often, in the product's time.
const dueEveryMs = 1_000;

const config = readConfig();
const url = requireDatabaseUrl(config);
const log = createLog({ name: "evaluate", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
const database = openDatabase(url, { applicationName: "tidemark evaluate", maxConnections: 2 });
const stopping = new AbortController();
let wake = new AbortController();
const listener = listen({
  url,
  channel: "tidemark_dirty",
  onNotification: () => wake.abort(),
  onConnected: () => wake.abort(),
});

const ctx: Context = { database, clock, actor: "worker:evaluate", scopes: new Set(["admin"]) };
const running = evaluate({
  ctx,
  instance: `${hostname()}:${process.pid}`,
  log,
  signal: stopping.signal,
  awaitWork: async (atMostMs) => {
    const waitMs = Math.min(dueEveryMs, atMostMs * clock.speed);
    await wait(clock, waitMs, AbortSignal.any([wake.signal, stopping.signal]));
    if (wake.signal.aborted) wake = new AbortController();
  },
});

endWithParent(async () => {
  stopping.abort();
  await running;
  await listener.close();
  await database.close();
});
