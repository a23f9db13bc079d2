import type { Clock } from "#domain/clock.ts";
import type { Database } from "#server/db/database.ts";
import { AccessDenied } from "./errors.ts";
import type { Scope } from "./scope.ts";

/** Glob patterns of the datacenters and event types a token may send data for; an empty list is no limit. */
export interface IngestLimits {
  readonly datacenters: readonly string[];
  readonly eventTypes: readonly string[];
}

/** Who asks, what they may do, and a use case's dependencies. Every use case takes one and checks it first. */
export interface Context {
  readonly database: Database;
  readonly clock: Clock;
  /** Shown in audit logs: a token's name, "worker:ingest", "dashboard". */
  readonly actor: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Limits its token's ingest and changes of facts and verdicts; absent: none. */
  readonly ingestLimits?: IngestLimits;
}

/** What a use case takes: who asks, and for what. */
export interface Call<Input> {
  readonly ctx: Context;
  readonly input: Input;
}

/** Throws AccessDenied unless the context carries the scope; `admin` carries every scope. */
export function requireScope(ctx: Context, scope: Scope): void {
  if (!ctx.scopes.has(scope) && !ctx.scopes.has("admin")) throw new AccessDenied(scope);
}

/** Throws AccessDenied, naming the first, unless the context carries one of the scopes. */
export function requireAnyScope(ctx: Context, first: Scope, ...others: Scope[]): void {
  if (![first, ...others].some((scope) => ctx.scopes.has(scope))) requireScope(ctx, first);
}
