import { runtime as webRuntime } from "#server/http/runtime.ts";

export const dynamic = "force-dynamic";

/** What the identity provider itself says: server/http/provider.ts. */
export async function POST(request: Request): Promise<Response> {
  return (await webRuntime()).fetch(request);
}
