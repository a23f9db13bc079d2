import { answerMetrics, refuseMetrics } from "#server/http/probes.ts";
import { mayRead } from "#server/http/readers.ts";
import { contextOfPage, runtime as webRuntime } from "#server/http/runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const deps = await webRuntime();
  if (!(await mayRead(request, deps))) return refuseMetrics();
  return answerMetrics(await contextOfPage(() => undefined), deps, deps.metrics);
}
