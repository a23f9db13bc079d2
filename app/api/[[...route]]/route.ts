import { runtime as webRuntime } from "#server/http/runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Every API call: server/http/app.ts does the routing. */
async function handle(request: Request): Promise<Response> {
  return (await webRuntime()).fetch(request);
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
