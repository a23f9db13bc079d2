import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { parse } from "hono/utils/cookie";
import type { Scope } from "#server/access/index.ts";
import { Unauthenticated } from "#server/errors.ts";
import type { ApiDeps, ApiEnv } from "./api-deps.ts";
import { bearerTokenOf } from "./bearer-token.ts";
import { addressHeader } from "./rate-limits.ts";
import { sessionCookieName } from "./session-cookie.ts";

/** Set by the web process where a request's host is none of ours: it gets no more than a probe needs. */
export const unlistedHostHeader = "x-tidemark-unlisted-host";

/**
 * Whether a request may read what the dashboard shows: everyone with an open one; with a private one, who brings a token that may read or
 * a session. A token that is sent must always be valid.
 */
export async function mayRead(
  { headers }: Request,
  deps: Pick<ApiDeps, "access" | "publicUrl" | "tokenGuesses">,
): Promise<boolean> {
  const { access } = deps;
  const cookieName = sessionCookieName(deps);
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const token = bearerTokenOf(authorization);
    if (token === null) return false;
    const address = headers.get(addressHeader) ?? "unknown";
    return reads((await deps.tokenGuesses.check(token, address)).principal);
  }
  if (access.dashboard === "open") return true;
  const cookie = parse(headers.get("cookie") ?? "", cookieName)[cookieName];
  return reads(cookie === undefined ? null : await access.authenticateSession(cookie));
}

function reads(holder: { scopes: ReadonlySet<Scope> } | null): boolean {
  return holder !== null && (holder.scopes.has("read") || holder.scopes.has("admin"));
}

/** For what is public with an open dashboard: with a private one its callers need a token or a session. `answerStranger` is for people, who bring neither. */
export function readers(
  deps: ApiDeps,
  answerStranger?: (c: HonoContext<ApiEnv>) => Response,
): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (deps.access.dashboard === "open" || (await mayRead(c.req.raw, deps))) return next();
    if (answerStranger && c.req.header("authorization") === undefined) return answerStranger(c);
    throw new Unauthenticated("This dashboard is private: send a token with the scope read, or sign in.");
  };
}
