import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { type Standing, WindowCounter, type WindowLimit } from "#server/process/window-counter.ts";
import type { ApiEnv } from "./api-deps.ts";
import { TooManyRequests } from "./refusals.ts";

/** The caller's address, which the web process writes over whatever a client sent. */
export const addressHeader = "x-tidemark-client-address";

/** Enough for anyone who mistypes, too little to guess a token. */
const signInLimit: WindowLimit = { limit: 10, windowSeconds: 60 };

export function addressOf(c: HonoContext<ApiEnv>): string {
  return c.req.header(addressHeader) ?? "unknown";
}

/** Limits failed attempts to sign in by address; an attempt counts until it succeeds. */
export function throttleSignIn(): MiddlewareHandler<ApiEnv> {
  const failures = new WindowCounter(signInLimit);
  return async (c, next) => {
    const address = addressOf(c);
    const standing = failures.take(address);
    announce(c, "sign-in", failures, standing);
    if (!standing.allowed) {
      const sentence = `Too many failed attempts to sign in from this address. Try again in ${standing.resetSeconds} s.`;
      throw new TooManyRequests(sentence, standing.resetSeconds);
    }
    await next();
    if (c.res.status !== 401) failures.giveBack(address);
  };
}

/** Limits requests by token, or by address for callers without one. `limit` a minute; null: none. */
export function limitRequests(limit: number | null): MiddlewareHandler<ApiEnv> {
  const requests = new WindowCounter({ limit: limit ?? Number.MAX_SAFE_INTEGER, windowSeconds: 60 });
  return async (c, next) => {
    // Reporters are limited by bytes under way alone: what a fleet counted is never refused for being much.
    if (limit === null || c.req.path === "/api/v1/events") return next();
    const standing = requests.take(c.get("caller") ?? `address ${addressOf(c)}`);
    announce(c, "requests", requests, standing);
    if (!standing.allowed) {
      const sentence = `More than ${limit.toLocaleString("en-US")} requests in a minute (TIDEMARK_RATE_LIMIT). Try again in ${standing.resetSeconds} s, and wait at the gate (?wait=60) instead of polling.`;
      throw new TooManyRequests(sentence, standing.resetSeconds);
    }
    await next();
  };
}

/** As the IETF's draft-ietf-httpapi-ratelimit-headers has it. */
function announce(
  c: HonoContext<ApiEnv>,
  policy: string,
  { limit, windowSeconds }: WindowLimit,
  standing: Standing,
): void {
  c.header("ratelimit-policy", `"${policy}";q=${limit};w=${windowSeconds}`);
  c.header("ratelimit", `"${policy}";r=${standing.remaining};t=${standing.resetSeconds}`);
}
