import type { Clock } from "#domain/clock.ts";
import type { Database } from "#server/db/database.ts";
import { AccessDenied } from "./errors.ts";
import type { Scope } from "./scope.ts";

/** Glob patterns of the datacenters and event types that a token may speak for; an empty list is no limit. */
export interface IngestLimits {
  readonly datacenters: readonly string[];
  readonly eventTypes: readonly string[];
}

/** Who asks, what they may do, and what the use case works with. Every use case takes one and checks it first. */
export interface Context {
  readonly database: Database;
  readonly clock: Clock;
  /** Shown in audits: a token's name, "worker:ingest", "dashboard". */
  readonly actor: string;
  readonly scopes: ReadonlySet<Scope>;
  /** What its token may ingest and change facts and verdicts of; absent: everything. */
  readonly ingestLimits?: IngestLimits;
}

/** Throws AccessDenied unless the context carries the scope; `admin` carries every scope. */
export function requireScope(ctx: Context, scope: Scope): void {
  if (!ctx.scopes.has(scope) && !ctx.scopes.has("admin")) throw new AccessDenied(scope);
}

/** Throws AccessDenied, naming the first, unless the context carries one of the scopes. */
export function requireAnyScope(ctx: Context, first: Scope, ...others: Scope[]): void {
  if (![first, ...others].some((scope) => ctx.scopes.has(scope))) requireScope(ctx, first);
}
