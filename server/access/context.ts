import type { Scope } from "#domain/access/scope.ts";
import type { Origin } from "#domain/audit/origin.ts";
import type { Clock } from "#domain/clock.ts";
import type { Database } from "#server/db/database.ts";
import { AccessDenied } from "./errors.ts";

/** Glob patterns of the datacenters and event types a token may send data for; an empty list is no limit. */
export interface IngestLimits {
  readonly datacenters: readonly string[];
  readonly eventTypes: readonly string[];
}

/** Who signed in; `sessionId`: in a browser, null for a program that sends its token. */
export type SignedIn = { readonly sessionId: string | null } & (
  | { readonly kind: "admin" }
  | { readonly kind: "token"; readonly tokenId: string }
  | { readonly kind: "person"; readonly personId: string }
);

export type Caller = SignedIn | { readonly kind: "visitor" };

/** Who asks, what they may do, and a use case's dependencies. Every use case takes one and checks it first. */
export interface Context {
  readonly database: Database;
  readonly clock: Clock;
  /** Shown in audit logs: a person's or a token's name, "worker:ingest", "dashboard". */
  readonly actor: string;
  /** Absent: a process of Tidemark itself. */
  readonly caller?: Caller;
  /** Where the call came from; absent: from Tidemark itself. */
  readonly from?: Origin;
  readonly scopes: ReadonlySet<Scope>;
  /** Limits its token's ingest and changes of facts and verdicts; absent: none. */
  readonly ingestLimits?: IngestLimits;
  /** Whose event types, rules, channels and consumers it may change, beside those without an owner; absent: everyone's. */
  readonly teams?: readonly string[];
}

/** What a use case takes: who asks, and for what. */
export interface Call<Input> {
  readonly ctx: Context;
  readonly input: Input;
}

/** Throws AccessDenied unless the context carries the scope; `admin` carries every scope, but a person sends no events. */
export function requireScope(ctx: Context, scope: Scope): void {
  const isCarried = ctx.scopes.has("admin") && !(scope === "ingest" && ctx.caller?.kind === "person");
  if (!ctx.scopes.has(scope) && !isCarried) throw new AccessDenied(scope, ctx.caller?.kind === "person");
}

/** Throws AccessDenied, naming the first, unless the context carries one of the scopes. */
export function requireAnyScope(ctx: Context, first: Scope, ...others: Scope[]): void {
  if (![first, ...others].some((scope) => ctx.scopes.has(scope))) requireScope(ctx, first);
}
