import { answerReadiness } from "#server/http/probes.ts";
import { runtime as webRuntime } from "#server/http/runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const deps = await webRuntime();
  const servingOnly = new URL(request.url).searchParams.has("serving");
  return answerReadiness(deps, { migrationsFolder: deps.migrationsFolder, servingOnly });
}
