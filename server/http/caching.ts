import { createHash } from "node:crypto";
import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { ApiEnv } from "./api-deps.ts";

/** Answers to GET carry a strong ETag of their bytes: who asks again with it gets 304 while nothing changed. */
export function entityTags(): MiddlewareHandler<ApiEnv> {
  const tagged = etag({ retainedHeaders: ["cache-control", "etag", "vary", "x-request-id"] });
  // A stream has no bytes to tag before its end.
  return (c, next) => (c.req.path === "/api/v1/changes" ? next() : tagged(c, next));
}

/**
 * For an answer that `asOf` alone tells from the one before, as of hours that are final: its ETag leaves `asOf` out. Without
 * this no hour would ever be unchanged.
 */
export function tagApartFromMoment(c: HonoContext<ApiEnv>, body: unknown): void {
  c.header("etag", tagOf(body));
}

/** The ETag itself. */
export function tagOf(body: unknown): string {
  const lasting = JSON.stringify(body, (key, value) => (key === "asOf" ? undefined : value));
  return `"${createHash("sha256").update(lasting).digest("base64url")}"`;
}

/** What is read may be kept by its reader alone and asked for again; everything else is kept nowhere. */
export const cacheRules = (): MiddlewareHandler<ApiEnv> => async (c, next) => {
  await next();
  if (!c.res.headers.has("cache-control")) {
    c.res.headers.set("cache-control", c.req.method === "GET" ? "private, no-cache" : "no-store");
  }
  c.res.headers.append("vary", "Authorization, Cookie");
};
