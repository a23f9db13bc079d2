import { hostname } from "node:os";
import type { Context } from "#server/access/context.ts";
import { createClock, wait } from "#server/clock.ts";
import { readConfig } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { createLog } from "#server/log.ts";
import { endWithParent } from "#server/parent-process.ts";
import { requireDatabaseUrl } from "#server/required-settings.ts";
import { maintain } from "./loop.ts";
import { rollUpServiceLevels } from "./slo-loop.ts";

const config = readConfig();
const log = createLog({ name: "maintain", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
const database = openDatabase(requireDatabaseUrl(config), { applicationName: "tidemark maintain", maxConnections: 2 });
const stopping = new AbortController();

const ctx: Context = { database, clock, actor: "worker:maintain", scopes: new Set(["admin"]) };
const shared = {
  ctx,
  instance: `${hostname()}:${process.pid}`,
  log,
  signal: stopping.signal,
  wait: (productMs: number) => wait(clock, productMs, stopping.signal),
};
const maintaining = maintain({
  ...shared,
  keep: {
    factsSeconds: config.TIDEMARK_RETENTION_FACTS,
    verdictsSeconds: config.TIDEMARK_RETENTION_VERDICTS,
    rejectedSeconds: config.TIDEMARK_RETENTION_REJECTED,
    alertsSeconds: config.TIDEMARK_RETENTION_ALERTS,
    packAfterSeconds: config.TIDEMARK_COMPACT_AFTER,
  },
});
const addingUp = rollUpServiceLevels(shared);

endWithParent(async () => {
  stopping.abort();
  await Promise.all([maintaining, addingUp]);
  await database.close();
});
