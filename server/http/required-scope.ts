import type { MiddlewareHandler } from "hono";
import { requireAnyScope, type Scope } from "#server/access/index.ts";
import type { ApiEnv } from "./api-deps.ts";

type Security = readonly Readonly<Record<string, readonly string[]>>[];

/** The scopes of which a route's caller needs one, as its `security` declares them; none for a route without tokens. */
export function scopesOf(security: Security | undefined): Scope[] {
  return (security ?? []).flatMap((way) => way.bearer ?? []) as Scope[];
}

/**
 * Refuses callers without a declared scope before anything of their request is read: they learn nothing of its schema, and their bodies
 * cost nothing. The use case checks again, whoever calls it.
 */
export function requireDeclaredScope(security: Security | undefined): MiddlewareHandler<ApiEnv> {
  const [first, ...others] = scopesOf(security);
  return async (c, next) => {
    if (first !== undefined) requireAnyScope(c.var.ctx, first, ...others);
    await next();
  };
}
