import { answerMetrics } from "#server/http/probes.ts";
import { pageContext, runtime as webRuntime } from "#server/http/runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const deps = await webRuntime();
  return answerMetrics(await pageContext(), deps, deps.metrics);
}
