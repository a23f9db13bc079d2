import type { MiddlewareHandler } from "hono";
import { inSpan } from "#server/process/tracing.ts";
import type { ApiEnv } from "./api-deps.ts";

/** A span of the whole request, in the trace of the caller's `traceparent` header if it has one. */
export function traceRequest(route: string): MiddlewareHandler<ApiEnv> {
  return (c, next) =>
    inSpan(
      () => ({
        name: `${c.req.method} ${route}`,
        kind: "server",
        parent: c.req.header("traceparent") ?? null,
        attributes: { "http.request.method": c.req.method, "http.route": route, "url.path": c.req.path },
      }),
      async (span) => {
        await next();
        const { status } = c.res;
        span?.set({ "http.response.status_code": status });
        if (status >= 500) span?.failed(new Error(`HTTP ${status}`));
      },
    );
}
