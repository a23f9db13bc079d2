import { scrypt, timingSafeEqual } from "node:crypto";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import QuickLRU from "quick-lru";
import { scopesOfRole } from "#domain/access/role.ts";
import { type Scope, scopes } from "#domain/access/scope.ts";
import type { Origin } from "#domain/audit/origin.ts";
import type { Clock } from "#domain/clock.ts";
import { openRefusals, type Refusal } from "#server/audit/index.ts";
import type { Database } from "#server/db/database.ts";
import { WindowCounter } from "#server/process/window-counter.ts";
import type { Caller, IngestLimits, SignedIn } from "./context.ts";
import { CredentialCache } from "./credential-cache.ts";
import { findToken, type StoredToken, touchToken } from "./find-token.ts";
import { createAddressNotice } from "./notice-address.ts";
import { readSecretKey } from "./secret-key.ts";
import {
  createSession,
  findSession,
  hashCookie,
  looksLikeSession,
  readIdToken,
  type SessionHolder,
  type SignInPlace,
  type StoredPerson,
  type StoredSession,
  touchSession,
} from "./stored-session.ts";
import { hashToken, looksLikeToken } from "./token.ts";
import { readSessionDigests, readTokenDigests, ValidDigests } from "./valid-digests.ts";
import { looksLikeVisit, readVisit, signVisit, visitSeconds } from "./visit.ts";

export interface Principal {
  readonly caller: Caller;
  readonly actor: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Absent: none. */
  readonly ingestLimits?: IngestLimits;
  /** Absent: no limit. */
  readonly teams?: readonly string[];
}

export interface TokenPrincipal extends Principal {
  readonly caller: SignedIn;
}

export interface SessionPrincipal extends Principal {
  /** null: a token signed in, or an open dashboard's visitor. */
  readonly person: StoredPerson | null;
  /** Names the session to end when signing out at the identity provider; null: it did not begin there. */
  idToken(): string | null;
  /** A visitor's cookie past half of its lifetime: replace it with this one. */
  readonly renewal: string | null;
}

/** Who may read the dashboard: every visitor, or only those signed in. */
export type DashboardAccess = "open" | "private";

export interface AccessOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly adminToken: string | null;
  readonly dashboard: DashboardAccess;
  /** Called if a use or a refusal was not recorded; the request continues. */
  readonly onTouchFailed?: (error: unknown) => void;
}

export interface Access {
  readonly dashboard: DashboardAccess;
  /** null if the token is unknown, revoked or expired. */
  authenticateToken(token: string): Promise<TokenPrincipal | null>;
  /** Whether a token was valid within the last second: by the digests of all, not by a look-up of its own. */
  knowsToken(token: string): Promise<boolean>;
  /** null if it expired, was ended or forged, or if its person is disabled or its token revoked. */
  authenticateSession(cookie: string): Promise<SessionPrincipal | null>;
  /** Whether the token or session would still be authenticated; asking is no use of it. */
  isInForce(credential: { token: string } | { cookie: string }): Promise<boolean>;
  /** Signs in. The holder must have been authenticated. */
  startSession(caller: SignedIn, place: SignInPlace): Promise<{ cookie: string; endsAt: Date }>;
  /** A cookie for a visitor of an open dashboard. */
  startVisit(): Promise<string>;
  /** Signs what a browser keeps for Tidemark while it is not signed in. */
  browserKey(): Promise<Buffer>;
  /** Records the use of a token, if it is the first from the address. Returns at once. */
  noticeAddress(principal: TokenPrincipal, from: Origin): void;
  /** Records a refused sign-in, or counts it with others of the address. Returns at once. */
  noteRefusal(from: Origin, refusal: Refusal): void;
  /** Makes what was revoked, ended or changed effective in this process at once; others notice within five seconds. */
  forget(): void;
}

const touchEveryMs = 60_000;
/** With the second between two looks of an event stream: what ended elsewhere is noticed within five seconds. */
const cachedMs = 4_000;

/**
 * Cookies in a minute that no session has, from anywhere: more than browsers bring whose sessions ended. Beyond, a cookie is first looked for
 * among the digests of all sessions, so that a made-up one costs no statement.
 */
const sessionGuessLimit = { limit: 60, windowSeconds: 60 };
const everyone = "everyone";

/** One process's authentication, with its cache of recent tokens and sessions. */
export function openAccess(options: AccessOptions): Access {
  const { database, clock, dashboard, adminToken } = options;
  const validTokens = new ValidDigests(() => readTokenDigests(database));
  const validSessions = new ValidDigests(() => readSessionDigests(database));
  const wrongSessions = new WindowCounter(sessionGuessLimit);
  const tokens = new CredentialCache<StoredToken>(cachedMs);
  const sessions = new CredentialCache<StoredSession>(cachedMs);
  const touchedAtMs = new QuickLRU<string, number>({ maxSize: 10_000 });
  const noticeAddress = createAddressNotice(database, options.onTouchFailed);
  const refusals = openRefusals({ database, onFailed: options.onTouchFailed });
  const adminHash = adminToken === null ? null : hashToken(adminToken);
  const browserKey = once(() => readSecretKey(database, "browser"));
  // Slow to derive, once in a process: what is stored of an admin token that someone made up is no shortcut to guess it.
  const adminKey = once(async () => {
    const salt = await readSecretKey(database, "admin");
    return (await derive(adminToken ?? "", salt, 32)) as Buffer<ArrayBuffer>;
  });

  const touch = (key: string, write: () => Promise<void>) => {
    const nowMs = performance.now();
    if (nowMs - (touchedAtMs.get(key) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return;
    touchedAtMs.set(key, nowMs);
    // Not awaited: the response need not wait for it.
    write().catch((error: unknown) => options.onTouchFailed?.(error));
  };
  const unexpired = (token: StoredToken | null) => (token?.expiresAt && token.expiresAt <= clock.now() ? null : token);
  const readToken = async (text: string) => {
    if (!looksLikeToken(text)) return null;
    const hash = hashToken(text);
    return unexpired(await tokens.read(hash.toString("base64"), () => findToken(database, { hash })));
  };
  const touchUsed = ({ id }: { id: string }) => touch(id, () => touchToken(database, id, clock.now()));

  const holderOf = async ({ id, kind, tokenId, person, ...session }: StoredSession) => {
    if (person) {
      if (person.disabledAt) return null;
      const held = new Set<Scope>(scopesOfRole[person.role]);
      return {
        caller: { kind: "person", personId: person.id, sessionId: id },
        actor: person.name,
        scopes: held,
        ...(held.has("admin") ? {} : { teams: person.teams }),
      } as const;
    }
    if (kind === "admin") {
      const isSame = adminHash !== null && session.adminKey !== null && (await adminKey()).equals(session.adminKey);
      return isSame
        ? ({ caller: { kind, sessionId: id }, actor: "admin", scopes: sessionScopes(scopes) } as const)
        : null;
    }
    if (tokenId === null) return null;
    const token = unexpired(await tokens.read(`id:${tokenId}`, () => findToken(database, { id: tokenId })));
    if (!token) return null;
    const caller = { kind: "token", tokenId, sessionId: id } as const;
    return { caller, actor: token.name, scopes: sessionScopes(token.scopes), ...limitsOf(token) };
  };
  const readSession = async (cookie: string) => {
    if (!looksLikeSession(cookie)) return null;
    // Counted before it is known to be wrong, so that a thousand at once are not all looked up.
    const { allowed } = wrongSessions.take(everyone);
    if (!allowed && !(await validSessions.has(hashCookie(cookie)))) return null;
    const session = await sessions.read(cookie, () => findSession(database, cookie));
    if (session && allowed) wrongSessions.giveBack(everyone);
    if (!session || session.expiresAt <= new Date()) return null;
    const holder = await holderOf(session);
    return holder && { session, holder };
  };
  const isAdmin = (text: string) => adminHash !== null && timingSafeEqual(hashToken(text), adminHash);
  const readVisitor = async (cookie: string): Promise<SessionPrincipal | null> => {
    const expiresAtMs = dashboard === "open" ? readVisit(await browserKey(), cookie, Date.now()) : null;
    if (expiresAtMs === null) return null;
    const isWorn = expiresAtMs - Date.now() < (visitSeconds * 1000) / 2;
    const renewal = isWorn ? signVisit(await browserKey(), Date.now()) : null;
    const visitor = { caller: { kind: "visitor" }, actor: "dashboard", scopes: readOnly } as const;
    return { ...visitor, person: null, idToken: () => null, renewal };
  };

  return {
    dashboard,
    browserKey,
    async authenticateToken(text) {
      if (isAdmin(text)) return adminPrincipal;
      const token = await readToken(text);
      if (!token) return null;
      touchUsed(token);
      const caller = { kind: "token", tokenId: token.id, sessionId: null } as const;
      return { caller, actor: token.name, scopes: new Set(token.scopes), ...limitsOf(token) };
    },
    async knowsToken(text) {
      const hash = hashToken(text);
      return (adminHash?.equals(hash) ?? false) || (await validTokens.has(hash));
    },
    async authenticateSession(cookie) {
      if (looksLikeVisit(cookie)) return readVisitor(cookie);
      const found = await readSession(cookie);
      if (!found) return null;
      const { session, holder } = found;
      if (Date.now() - session.lastSeenAt.getTime() >= touchEveryMs)
        touch(session.id, () => touchSession(database, session));
      if (session.tokenId !== null) touchUsed({ id: session.tokenId });
      const idToken = () => readIdToken(database, session);
      return { ...holder, person: session.person, idToken, renewal: null };
    },
    async isInForce(credential) {
      if ("token" in credential) return isAdmin(credential.token) || (await readToken(credential.token)) !== null;
      const { cookie } = credential;
      return ((await (looksLikeVisit(cookie) ? readVisitor(cookie) : readSession(cookie))) ?? null) !== null;
    },
    async startSession(caller, place) {
      return createSession(database, await sessionHolder(caller, adminKey), place);
    },
    noticeAddress: ({ actor, caller }, from) => noticeAddress({ actor, caller, from }),
    noteRefusal: refusals.note,
    startVisit: async () => signVisit(await browserKey(), Date.now()),
    forget() {
      tokens.clear();
      validTokens.clear();
      sessions.clear();
      validSessions.clear();
    },
  };
}

async function sessionHolder(caller: SignedIn, adminKey: () => Promise<Buffer<ArrayBuffer>>): Promise<SessionHolder> {
  if (caller.kind === "person") return { kind: "person", personId: caller.personId };
  if (caller.kind === "token") return { kind: "token", tokenId: caller.tokenId };
  return { kind: "admin", adminKey: await adminKey() };
}

const derive = promisify(scrypt);
const readOnly: ReadonlySet<Scope> = new Set(["read"]);

/** A session that a token began gets its scopes except sending events and administering. */
function sessionScopes(held: readonly Scope[]): ReadonlySet<Scope> {
  const acting = ["read", "respond", "write"] as const;
  return new Set(acting.filter((scope) => held.includes(scope) || held.includes("admin")));
}
const adminPrincipal: TokenPrincipal = {
  caller: { kind: "admin", sessionId: null },
  actor: "admin",
  scopes: new Set(scopes),
};

function limitsOf({ datacenters, eventTypes, teams }: StoredToken) {
  return { ingestLimits: { datacenters, eventTypes }, ...(teams.length > 0 ? { teams } : {}) };
}

/** The first success, kept; a failure is tried again by the next caller. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
