import { answerReadiness } from "#server/http/probes.ts";
import { runtime as webRuntime } from "#server/http/runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const deps = await webRuntime();
  return answerReadiness(deps, deps.migrationsFolder);
}
