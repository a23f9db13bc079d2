import type { Context } from "#server/access/index.ts";
import { readStream } from "#server/audit/index.ts";
import { readFleetFigures } from "#server/board/index.ts";
import { isDatabaseUnreachable } from "#server/db/database-unreachable.ts";
import { findPendingMigrations } from "#server/db/find-pending-migrations.ts";
import { countDeliveries, readCounts } from "#server/outbox/index.ts";
import { shareRunning } from "#server/process/share-running.ts";
import { within } from "#server/process/within.ts";
import { listSources } from "#server/sources/index.ts";
import { readBehind, readWork } from "#server/turns/index.ts";
import { readStatus } from "#server/verdicts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import type { Metrics } from "./metrics.ts";

const noStore = { "cache-control": "no-store" };

/** `/healthz`: the process is alive. Nothing else is checked, so an unavailable database causes no restarts. */
export function answerHealth(): Response {
  return Response.json({ status: "ok" }, { headers: noStore });
}

export interface ReadinessOptions {
  migrationsFolder: string;
  /** False once the process is to end. */
  isServing: boolean;
  /** Only whether this process can answer: for a load balancer, which must not turn reporters away because judging lags. */
  servingOnly: boolean;
  /** Else the status alone: whoever may not read the dashboard learns nothing of Tidemark's parts. */
  withReasons: boolean;
}

/**
 * `/readyz`: the database answers and has this version's schema, and no part of Tidemark lags; otherwise 503 with the
 * reasons. `/readyz?serving` skips the lag check.
 */
export async function answerReadiness(deps: ApiDeps, options: ReadinessOptions): Promise<Response> {
  const body = options.isServing
    ? await shareRunning(deps.database, `readiness ${options.servingOnly}`, () => judgeReadiness(deps, options))
    : { status: "not ready", reasons: ["This process is stopping: send requests to another one."] };
  return Response.json(options.withReasons ? body : { status: body.status }, {
    status: body.status === "ready" ? 200 : 503,
    headers: noStore,
  });
}

const noAnswer = "The database does not answer: check that it runs and that DATABASE_URL names it.";

async function judgeReadiness(deps: ApiDeps, { migrationsFolder, servingOnly }: ReadinessOptions) {
  const { database, clock, log, pubsub } = deps;
  if (deps.databaseAnswers?.() === false) return { status: "not ready", reasons: [noAnswer] };
  try {
    const pending = await findPendingMigrations(database.sql, migrationsFolder);
    if (pending.length > 0) {
      const reason = `The database lacks ${pending.join(", ")}: \`npm start\` applies what is missing.`;
      return { status: "not ready", reasons: [reason] };
    }
    const behind = servingOnly ? [] : await readBehind(database.sql, { clock, pubsub });
    if (behind.length === 0) return { status: "ready", reasons: [] };
    return { status: "behind", reasons: behind.map(({ message }) => message), behind };
  } catch (error) {
    log.warn({ err: error }, "the readiness probe could not ask the database");
    return { status: "not ready", reasons: [noAnswer] };
  }
}

/** `/metrics` for who may not read the dashboard. */
export function refuseMetrics(): Response {
  const sentence = "The metrics need a token with the scope read: send it as `Authorization: Bearer tm_…`.\n";
  const headers = { ...noStore, "www-authenticate": 'Bearer realm="tidemark"' };
  return new Response(sentence, { status: 401, headers });
}

/** `/metrics` while the database cannot say whose a token is, and this process did not see it before. */
export function postponeMetrics(): Response {
  return new Response(`${noAnswer} The token cannot be checked meanwhile.\n`, {
    status: 503,
    headers: { ...noStore, "retry-after": "5" },
  });
}

/** Prometheus waits 10 s by default: what the database does not say by then is left out. */
const readLimitMs = 5_000;

/** Each is a handful of series. */
const mostSources = 500;

/** `/metrics`: Prometheus text. Without the database, or while it is frozen, what the process knows by itself. */
export async function answerMetrics(ctx: Context, deps: ApiDeps, metrics: Metrics): Promise<Response> {
  const { version, drill, pubsub, metricExportProject = null, metricsEventTypes: eventTypes = null } = deps;
  const read = async () => ({
    status: await readStatus({ ctx, input: { version, drill, pubsub, metricExportProject } }),
    deliveries: await countDeliveries(ctx.database.sql),
    auditStream: await readStream(ctx.database.sql),
    notifications: await readCounts(ctx.database.sql),
    fleet: eventTypes === null ? null : await readFleetFigures({ ctx, input: { eventTypes } }),
    sources: (await listSources({ ctx, input: { after: null, limit: mostSources } })).items,
    work: await readWork(ctx.database.sql, ctx.clock),
  });
  const nothing = {
    status: null,
    deliveries: [],
    auditStream: null,
    notifications: [],
    fleet: null,
    sources: [],
    work: null,
  };
  const readOrNothing = () =>
    read().catch((error: unknown) => {
      if (!isDatabaseUnreachable(error)) deps.log.error({ err: error }, "the metrics could not read the status");
      return nothing;
    });
  const figures =
    deps.databaseAnswers?.() === false
      ? nothing
      : ((await within(readLimitMs, shareRunning(ctx.database, `metrics of ${eventTypes}`, readOrNothing))) ?? nothing);
  const { contentType, text } = await metrics.write({ ...figures, heldRequests: deps.verdicts.watches });
  return new Response(text, { headers: { ...noStore, "content-type": contentType } });
}
