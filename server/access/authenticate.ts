import { timingSafeEqual } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Clock } from "#domain/clock.ts";
import type { Database } from "#server/db/database.ts";
import type { IngestLimits } from "./context.ts";
import { findToken, type StoredToken, touchToken } from "./find-token.ts";
import { type Scope, scopes } from "./scope.ts";
import { readSession, type SessionSubject, sessionSeconds, signSession } from "./session.ts";
import { hashToken, looksLikeToken } from "./token.ts";
import { TokenCache } from "./token-cache.ts";

export interface Principal {
  readonly subject: SessionSubject;
  readonly actor: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Absent: none. */
  readonly ingestLimits?: IngestLimits;
}

export interface SessionPrincipal extends Principal {
  /** Sessions extend with use: past half of its lifetime, replace the cookie with this one. */
  readonly renewal: string | null;
}

/** Who may read the dashboard: every visitor, or only those signed in with a token. */
export type DashboardAccess = "open" | "private";

export interface AccessOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly adminToken: string | null;
  readonly dashboard: DashboardAccess;
  /** See deriveSessionKey. */
  readonly sessionKey: Buffer;
  /** Called if a token's last use was not recorded; the request continues. */
  readonly onTouchFailed?: (error: unknown) => void;
}

export interface Access {
  readonly dashboard: DashboardAccess;
  /** null if the token is unknown, revoked or expired. */
  authenticateToken(token: string): Promise<Principal | null>;
  /** Carries its token's read, respond and write scopes; null if expired, forged, or its token was revoked. */
  authenticateSession(cookie: string): Promise<SessionPrincipal | null>;
  startSession(subject: SessionSubject): string;
  /** Makes a revocation effective in this process at once; other processes notice within ten seconds. */
  forgetTokens(): void;
}

const touchEveryMs = 60_000;

/** One process's authentication, with its cache of recent tokens. */
export function openAccess(options: AccessOptions): Access {
  const { database, clock, dashboard, sessionKey } = options;
  const cache = new TokenCache();
  const touchedAtMs = new Map<string, number>();
  const adminHash = options.adminToken === null ? null : hashToken(options.adminToken);

  const touch = (id: string) => {
    const nowMs = performance.now();
    if (nowMs - (touchedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return;
    touchedAtMs.set(id, nowMs);
    // Not awaited: the response need not wait for it.
    touchToken(database, id, clock.now()).catch((error: unknown) => options.onTouchFailed?.(error));
  };
  const admit = (token: StoredToken | null): StoredToken | null => {
    if (!token || (token.expiresAt && token.expiresAt <= clock.now())) return null;
    touch(token.id);
    return token;
  };

  const holderOf = async (subject: SessionSubject): Promise<Omit<Principal, "subject"> | null> => {
    if (subject.kind === "visitor") return dashboard === "open" ? { actor: "dashboard", scopes: readOnly } : null;
    if (subject.kind === "admin") return adminHash ? { actor: "admin", scopes: sessionScopes(scopes) } : null;
    const id = subject.tokenId;
    const token = admit(await cache.read(`id:${id}`, () => findToken(database, { id })));
    return token && { actor: token.name, scopes: sessionScopes(token.scopes), ingestLimits: limitsOf(token) };
  };

  return {
    dashboard,
    async authenticateToken(text) {
      const hash = hashToken(text);
      if (adminHash && timingSafeEqual(hash, adminHash)) return adminPrincipal;
      if (!looksLikeToken(text)) return null;
      const token = admit(await cache.read(hash.toString("base64"), () => findToken(database, { hash })));
      if (!token) return null;
      const { name: actor } = token;
      return { subject: tokenSubject(token), actor, scopes: new Set(token.scopes), ingestLimits: limitsOf(token) };
    },
    async authenticateSession(cookie) {
      const session = readSession(sessionKey, cookie, Date.now());
      const holder = session && (await holderOf(session.subject));
      if (!session || holder === null) return null;
      const isWorn = session.expiresAtMs - Date.now() < (sessionSeconds * 1000) / 2;
      const renewal = isWorn ? signSession(sessionKey, session.subject, Date.now()) : null;
      return { subject: session.subject, ...holder, renewal };
    },
    startSession: (subject) => signSession(sessionKey, subject, Date.now()),
    forgetTokens: () => cache.clear(),
  };
}

const readOnly: ReadonlySet<Scope> = new Set(["read"]);

/** A page gets its token's scopes except ingesting and creating tokens. */
function sessionScopes(held: readonly Scope[]): ReadonlySet<Scope> {
  const acting = ["read", "respond", "write"] as const;
  return new Set(acting.filter((scope) => held.includes(scope) || held.includes("admin")));
}
const adminPrincipal: Principal = { subject: { kind: "admin" }, actor: "admin", scopes: new Set(scopes) };

function limitsOf({ datacenters, eventTypes }: StoredToken): IngestLimits {
  return { datacenters, eventTypes };
}

function tokenSubject(token: StoredToken): SessionSubject {
  return { kind: "token", tokenId: token.id };
}
