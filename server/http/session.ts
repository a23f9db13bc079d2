import { z } from "@hono/zod-openapi";
import { deleteCookie, getCookie } from "hono/cookie";
import { maxActorName } from "#domain/access/actor-name.ts";
import { sessionSchema, signedOutSchema, signInLinkHolderSchema, visitorSchema } from "#domain/api/session.ts";
import type { Origin } from "#domain/audit/origin.ts";
import {
  AccessDenied,
  endSessionOfCookie,
  idleMs,
  readLink,
  redeemLink,
  type SessionPrincipal,
  type StoredPerson,
} from "#server/access/index.ts";
import { Conflict, Unauthenticated } from "#server/errors.ts";
import type { ApiDeps } from "./api-deps.ts";
import { originOf } from "./origin.ts";
import { authenticatedBy, json, jsonBody, noCredentials, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { cookieOptions, sessionCookieName } from "./session-cookie.ts";
import { signIn } from "./sign-in.ts";

const route = tagged("access");

const signInSchema = z
  .strictObject({ token: z.string().trim().min(1, "Paste a token.") })
  .meta({ id: "SignIn", example: { token: "tm_…" } });

const codeField = z.string().trim().min(1, "Open the whole link.").max(200);
const linkSchema = z.strictObject({ code: codeField }).meta({ id: "SignInLink", example: { code: "…" } });
const linkSignInSchema = linkSchema
  .extend({
    name: z.string().trim().min(1, "Say who you are.").max(maxActorName).optional().meta({
      description: "For the first owner's link, which has no person yet.",
    }),
  })
  .meta({ id: "LinkSignIn", example: { code: "…" } });

const signInRoute = route.post("/session", noCredentials, {
  operationId: "signIn",
  summary: "Sign in to the dashboard with a token",
  description:
    "Sets an HttpOnly cookie with the token's rights to read, respond and write. It lasts 12 hours after its last use and 7 days at most. Revoking the token ends the session.",
  request: jsonBody(signInSchema),
  responses: { 200: json(sessionSchema, "Signed in; the cookie is set."), ...problems(400, 415) },
});

const readLinkRoute = route.post("/session/link/check", noCredentials, {
  operationId: "readSignInLink",
  summary: "Read who a one-time link signs in",
  description: "Does not use the link.",
  request: jsonBody(linkSchema),
  responses: {
    200: json(signInLinkHolderSchema, "The person's name; null: the first owner, who gives theirs."),
    ...problems(400, 409, 415),
  },
});

const useLinkRoute = route.post("/session/link", noCredentials, {
  operationId: "useSignInLink",
  summary: "Sign in with a one-time link",
  request: jsonBody(linkSignInSchema),
  responses: { 200: json(visitorSchema, "Signed in; the cookie is set."), ...problems(400, 409, 415) },
});

const whoRoute = route.get("/session", authenticatedBy("session"), {
  operationId: "readSession",
  summary: "Who is signed in to the dashboard",
  responses: { 200: json(visitorSchema, "The visitor."), ...problems() },
});

const signOutRoute = route.delete("/session", noCredentials, {
  operationId: "signOut",
  summary: "Sign out of the dashboard",
  responses: {
    200: json(signedOutSchema, "The session has ended here; the identity provider has one too."),
    204: { description: "The session has ended and the cookie is gone." },
    ...problems(),
  },
});

/** Mounted before authentication: signing in has no session yet. JSON bodies and DELETE cannot come from another site's form. */
export function sessionRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(signInRoute, async (c) => {
    const principal = await deps.access.authenticateToken(c.req.valid("json").token);
    const from = originOf(c, "browser");
    if (!principal) {
      const reason = "This token is unknown, expired or revoked.";
      deps.access.noteRefusal(from, { what: "token", reason });
      throw new Unauthenticated(`${reason} Ask an administrator for one.`, true);
    }
    if (!principal.scopes.has("read") && !principal.scopes.has("admin")) throw new AccessDenied("read");
    await signIn(c, deps, principal.caller, from);
    deps.access.noticeAddress(principal, from);
    // Real time, as in the browser.
    return c.json({ actor: principal.actor, expiresAt: new Date(Date.now() + idleMs).toISOString() }, 200);
  });
  const noting = async <T>(from: Origin, link: Promise<T>): Promise<T> => {
    try {
      return await link;
    } catch (error) {
      if (error instanceof Conflict) deps.access.noteRefusal(from, { what: "link", reason: error.message });
      throw error;
    }
  };
  routes.openapi(readLinkRoute, async (c) =>
    c.json(await noting(originOf(c, "link"), readLink(deps.database, c.req.valid("json").code)), 200),
  );
  routes.openapi(useLinkRoute, async (c) => {
    const { code, name = null } = c.req.valid("json");
    const from = originOf(c, "link");
    const { personId } = await noting(from, redeemLink(deps.database, { code, name, from }));
    const cookie = await signIn(c, deps, { kind: "person", personId, sessionId: null }, from);
    const session = await deps.access.authenticateSession(cookie);
    if (!session) throw new Unauthenticated("This person was disabled meanwhile. Ask an administrator of Tidemark.");
    return c.json(toJson(session), 200);
  });
  routes.openapi(whoRoute, async (c) => {
    const session = await deps.access.authenticateSession(getCookie(c, sessionCookieName(deps)) ?? "");
    if (!session) throw new Unauthenticated("Not signed in. Reload the page, or sign in.");
    return c.json(toJson(session), 200);
  });
  routes.openapi(signOutRoute, async (c) => {
    const cookie = getCookie(c, sessionCookieName(deps));
    const session = cookie === undefined ? null : await deps.access.authenticateSession(cookie);
    if (cookie !== undefined && session) {
      await endSessionOfCookie(deps.database, cookie, { ...session, from: originOf(c, "browser") });
      deps.access.forget();
    }
    deleteCookie(c, sessionCookieName(deps), cookieOptions(deps, 0));
    const url = session?.person?.issuer ? await deps.provider?.identity.signOutUrl(session.idToken()) : null;
    return url ? c.json({ url }, 200) : c.body(null, 204);
  });
  return routes;
}

function toJson({ actor, scopes: held, teams, person }: SessionPrincipal) {
  return { actor, scopes: [...held], teams: teams ? [...teams] : null, person: person && personJson(person) };
}

function personJson({ id, name, email, issuer, role, teams }: StoredPerson) {
  return { id, name, email, issuer, role, teams: [...teams] };
}
