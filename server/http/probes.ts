import type { Context } from "#server/access/context.ts";
import { isDatabaseUnreachable } from "#server/db/database-unreachable.ts";
import { findPendingMigrations } from "#server/db/find-pending-migrations.ts";
import { readStatus } from "#server/hours/read-status.ts";
import type { ApiDeps } from "./api-deps.ts";
import type { Metrics } from "./metrics.ts";

const noStore = { "cache-control": "no-store" };

/** `/healthz`: the process lives and answers. Nothing else is asked, so a database that is away restarts nobody. */
export function answerHealth(): Response {
  return Response.json({ status: "ok" }, { headers: noStore });
}

/** `/readyz`: the database answers and has this version's schema; 503 with the reasons until then. */
export async function answerReadiness(deps: ApiDeps, migrationsFolder: string): Promise<Response> {
  const reasons = await findReasons(deps, migrationsFolder);
  const body = { status: reasons.length === 0 ? "ready" : "not ready", reasons };
  return Response.json(body, { status: reasons.length === 0 ? 200 : 503, headers: noStore });
}

/** `/metrics`: Prometheus text, also while the database is away. */
export async function answerMetrics(ctx: Context, deps: ApiDeps, metrics: Metrics): Promise<Response> {
  const { version, drill, pubsub } = deps;
  const status = await readStatus({ ctx, input: { version, drill, pubsub } }).catch((error: unknown) => {
    if (!isDatabaseUnreachable(error)) deps.log.error({ err: error }, "the metrics could not read the status");
    return null;
  });
  const { contentType, text } = await metrics.write(status, deps.verdicts.watches);
  return new Response(text, { headers: { ...noStore, "content-type": contentType } });
}

async function findReasons({ database, log }: ApiDeps, migrationsFolder: string): Promise<string[]> {
  try {
    const pending = await findPendingMigrations(database.sql, migrationsFolder);
    if (pending.length === 0) return [];
    return [`The database lacks ${pending.join(", ")}: \`npm start\` applies what is missing.`];
  } catch (error) {
    log.warn({ err: error }, "the readiness probe could not ask the database");
    return ["The database cannot be reached: check that it runs and that DATABASE_URL names it."];
  }
}
