import { answerMetrics } from "#server/http/probes.ts";
import { runtime as webRuntime } from "#server/http/runtime.ts";
import { refuseScrape } from "#server/http/scrape.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const deps = await webRuntime();
  const refusal = await refuseScrape(request, deps);
  if (refusal) return refusal;
  const { database, clock } = deps;
  return answerMetrics({ database, clock, actor: "dashboard", scopes: new Set(["read"]) }, deps, deps.metrics);
}
