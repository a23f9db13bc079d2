import { runtime as webRuntime } from "#server/http/runtime.ts";

export const dynamic = "force-dynamic";

/** Back from the identity provider: server/http/provider.ts. */
export async function GET(request: Request): Promise<Response> {
  return (await webRuntime()).fetch(request);
}
