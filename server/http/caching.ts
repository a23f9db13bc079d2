import { createHash } from "node:crypto";
import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { ApiEnv } from "./api-deps.ts";

/** GET responses carry a strong ETag of their bytes: a conditional request gets 304 while nothing changed. */
export function entityTags(): MiddlewareHandler<ApiEnv> {
  const tagged = etag({ retainedHeaders: ["cache-control", "etag", "vary", "x-request-id"] });
  // A stream's bytes are unknown until its end.
  return (c, next) => (c.req.path === "/api/v1/changes" ? next() : tagged(c, next));
}

/**
 * For responses that may differ only in `asOf`, such as final hours: their ETag leaves `asOf` out. Otherwise
 * no hour would ever be unchanged.
 */
export function tagApartFromMoment(c: HonoContext<ApiEnv>, body: unknown): void {
  c.header("etag", tagOf(body));
}

/**
 * Of one noun that is written with `If-Match`, and returns it: its `etag`, then a digest of the whole answer, so that a conditional request
 * sees changes of the other members too.
 */
export function tagWithSpec<Body extends { etag: string }>(c: HonoContext<ApiEnv>, body: Body): Body {
  c.header("etag", `"${body.etag}.${tagOf(body).slice(1)}`);
  return body;
}

export function tagOf(body: unknown): string {
  const lasting = JSON.stringify(body, (key, value) => (key === "asOf" ? undefined : value));
  return `"${createHash("sha256").update(lasting).digest("base64url")}"`;
}

/** Reads may be cached privately and must be revalidated; everything else is not stored. */
export const cacheRules = (): MiddlewareHandler<ApiEnv> => async (c, next) => {
  await next();
  if (!c.res.headers.has("cache-control")) {
    c.res.headers.set("cache-control", c.req.method === "GET" ? "private, no-cache" : "no-store");
  }
  c.res.headers.append("vary", "Authorization, Cookie");
};
