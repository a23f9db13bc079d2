import { hostname } from "node:os";
import type { Context } from "#server/access/context.ts";
import { createClock, wait } from "#server/clock.ts";
import { readConfig } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { createLog } from "#server/log.ts";
import { endWithParent } from "#server/parent-process.ts";
import { requireDatabaseUrl } from "#server/required-settings.ts";
import { alertByTime } from "./loop.ts";

// In a drill that runs fast, a second of the product's time is soon over: the database is left some of the real one.
const leastPauseMs = 100;

const config = readConfig();
const url = requireDatabaseUrl(config);
const log = createLog({ name: "alert", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
const database = openDatabase(url, { applicationName: "tidemark alert", maxConnections: 3 });
const stopping = new AbortController();

const ctx: Context = { database, clock, actor: "worker:alert", scopes: new Set(["admin"]) };
const running = alertByTime({
  ctx,
  instance: `${hostname()}:${process.pid}`,
  log,
  signal: stopping.signal,
  pause: (productMs) => wait(clock, Math.max(productMs, leastPauseMs * clock.speed), stopping.signal),
});

endWithParent(async () => {
  stopping.abort();
  await running;
  await database.close();
});
