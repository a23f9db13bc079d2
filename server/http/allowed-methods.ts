import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "./api-deps.ts";
import { MethodNotAllowed } from "./refusals.ts";
import type { ApiRouter } from "./router.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** A path that takes other methods is 405 with `Allow`, and OPTIONS of a path lists them. An unknown path is left to what follows. */
export function requireAllowedMethod(api: ApiRouter): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const asked = c.req.method === "HEAD" ? "GET" : c.req.method;
    const { path } = c.req;
    if (takes(api, asked, path)) return next();
    const taken = methods.filter((method) => takes(api, method, path));
    if (taken.length === 0) return next();
    const allowed = taken.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
    if (asked !== "OPTIONS") throw new MethodNotAllowed(asked, path, allowed);
    return c.body(null, 204, { allow: ["OPTIONS", ...allowed].join(", ") });
  };
}

/** Whether a route takes it: middleware alone takes every method. */
function takes(api: ApiRouter, method: string, path: string): boolean {
  const [matched] = api.router.match(method, path);
  return matched.some(([[, route]]) => route.method === method);
}
