import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Origin } from "#domain/audit/origin.ts";
import { type Principal, type Scope, type SignedIn, visitSeconds } from "#server/access/index.ts";
import { Unauthenticated } from "#server/errors.ts";
import type { ApiDeps, ApiEnv } from "./api-deps.ts";
import { bearerTokenOf } from "./bearer-token.ts";
import { originOf } from "./origin.ts";
import { addressOf } from "./rate-limits.ts";
import { TooManyRequests } from "./refusals.ts";
import { cookieOptions, sessionCookieName } from "./session-cookie.ts";
import { databaseFor } from "./visitors-reads.ts";

const howToSignIn = "Send a token as `Authorization: Bearer tm_…`; `npx tidemark token create` makes one.";

/** Identifies the caller and puts their context on the request; 401 if unknown. Each use case checks what they may do. */
export function authentication(deps: ApiDeps): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const principal = await authenticate(c, deps);
    const { clock } = deps;
    const { actor, caller, scopes, ingestLimits, teams } = principal;
    const database = databaseFor(caller, deps);
    const from = originOf(c, c.req.header("authorization") === undefined ? "browser" : "token");
    if (caller.kind !== "visitor") c.set("caller", nameCaller(caller));
    const limits = { ...(ingestLimits ? { ingestLimits } : {}), ...(teams ? { teams } : {}) };
    c.set("ctx", { database, clock, actor, caller, from, scopes, ...limits });
    await next();
  };
}

/** The same, but admits requests without credentials if every visitor may read the dashboard. */
export function visitors(deps: ApiDeps): MiddlewareHandler<ApiEnv> {
  const known = authentication(deps);
  return async (c, next) => {
    const bringsNothing =
      c.req.header("authorization") === undefined && getCookie(c, sessionCookieName(deps)) === undefined;
    if (!bringsNothing || deps.access.dashboard !== "open") return known(c, next);
    const { clock } = deps;
    const database = databaseFor(null, deps);
    const visitor = { actor: "visitor", caller: { kind: "visitor" }, from: originOf(c, "browser") } as const;
    c.set("ctx", { database, clock, ...visitor, scopes: new Set<Scope>(["read"]) });
    await next();
  };
}

/** Whether the request's credentials, which were accepted, still are: for answers that go on. None is in force as long as the pages are open. */
export async function isStillIn(c: HonoContext<ApiEnv>, deps: Pick<ApiDeps, "access" | "publicUrl">): Promise<boolean> {
  const { access } = deps;
  const header = c.req.header("authorization");
  if (header !== undefined) return access.isInForce({ token: bearerTokenOf(header) ?? "" });
  const cookie = getCookie(c, sessionCookieName(deps));
  return cookie === undefined ? access.dashboard === "open" : access.isInForce({ cookie });
}

async function authenticate(c: HonoContext<ApiEnv>, deps: ApiDeps): Promise<Principal> {
  const header = c.req.header("authorization");
  if (header !== undefined) return authenticateHeader(header, originOf(c, "token"), addressOf(c), deps);
  const cookie = mayBringCookie(c.req.method, c.req.header("sec-fetch-site"))
    ? getCookie(c, sessionCookieName(deps))
    : undefined;
  const session = cookie === undefined ? null : await deps.access.authenticateSession(cookie);
  if (!session) throw new Unauthenticated(`This call needs a token. ${howToSignIn}`);
  if (session.renewal !== null)
    setCookie(c, sessionCookieName(deps), session.renewal, cookieOptions(deps, visitSeconds));
  return session;
}

/** Browsers send the cookie with any site's request, and name that site: only our own pages may change anything. */
function mayBringCookie(method: string, site: string | undefined): boolean {
  return method === "GET" || site === "same-origin";
}

async function authenticateHeader(
  header: string,
  from: Origin,
  address: string,
  { access, tokenGuesses }: ApiDeps,
): Promise<Principal> {
  const token = bearerTokenOf(header);
  if (token === null) throw new Unauthenticated(`The Authorization header is not a bearer token. ${howToSignIn}`);
  const { principal, retryAfterSeconds } = await tokenGuesses.check(token, address);
  if (principal) {
    access.noticeAddress(principal, from);
    return principal;
  }
  access.noteRefusal(from, { what: "token", reason: "This token is unknown, expired or revoked." });
  if (retryAfterSeconds !== null) {
    const sentence = `This token is unknown, expired or revoked, as too many from this address were. Create one with \`npx tidemark token create\`, and try again in ${retryAfterSeconds} s.`;
    throw new TooManyRequests(sentence, retryAfterSeconds);
  }
  throw new Unauthenticated(
    "This token is unknown, expired or revoked. `npx tidemark token create` makes a new one.",
    true,
  );
}

/** The name that requests are counted under. */
function nameCaller(caller: SignedIn): string {
  if (caller.kind === "person") return `person ${caller.personId}`;
  return caller.kind === "token" ? `token ${caller.tokenId}` : "admin";
}
