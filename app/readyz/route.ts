import { answerReadiness } from "#server/http/probes.ts";
import { mayRead, unlistedHostHeader } from "#server/http/readers.ts";
import { runtime as webRuntime } from "#server/http/runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const deps = await webRuntime();
  const servingOnly = new URL(request.url).searchParams.has("serving");
  // Without the database a token cannot be checked, and the status alone still answers the probe.
  const answers = deps.databaseAnswers?.() !== false;
  const isReader = answers && (await mayRead(request, deps).catch(() => false));
  const withReasons = isReader && !request.headers.has(unlistedHostHeader);
  const { migrationsFolder, isServing } = deps;
  return answerReadiness(deps, { migrationsFolder, isServing, servingOnly, withReasons });
}
