import { createRoute, z } from "@hono/zod-openapi";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { instant } from "#domain/api/shared.ts";
import { AccessDenied, scopes, sessionSeconds } from "#server/access/index.ts";
import { Unauthenticated } from "#server/errors.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, jsonBody, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";
import { sessionCookieName, sessionCookieOptions } from "./session-cookie.ts";

const sessionSchema = z
  .object({
    actor: z.string().meta({ description: "The name of the token that signed in." }),
    expiresAt: instant,
  })
  .meta({ id: "Session" });

const whoSchema = sessionSchema
  .pick({ actor: true })
  .extend({ scopes: z.array(z.enum(scopes)).meta({ description: "What the pages may do in their name." }) })
  .meta({ id: "Visitor" });

const signInSchema = z
  .strictObject({ token: z.string().trim().min(1, "Paste a token.") })
  .meta({ id: "SignIn", example: { token: "tm_…" } });

const signInRoute = createRoute({
  method: "post",
  path: "/session",
  operationId: "signIn",
  summary: "Sign in to the dashboard with a token",
  description:
    "Sets an HttpOnly cookie that, for twelve hours, may what the token may of reading, responding and writing. Revoking the token ends the session.",
  tags: ["access"],
  security: [],
  request: jsonBody(signInSchema),
  responses: { 200: json(sessionSchema, "Signed in; the cookie is set."), ...problems(400, 415) },
});

const whoRoute = createRoute({
  method: "get",
  path: "/session",
  operationId: "readSession",
  summary: "Who the dashboard takes its visitor for",
  tags: ["access"],
  security: [{ session: [] }],
  responses: { 200: json(whoSchema, "The visitor."), ...problems() },
});

const signOutRoute = createRoute({
  method: "delete",
  path: "/session",
  operationId: "signOut",
  summary: "Sign out of the dashboard",
  tags: ["access"],
  security: [],
  responses: { 204: { description: "The cookie is gone." }, ...problems() },
});

/** Mounted before authentication: signing in has no session yet. JSON bodies and DELETE cannot come from another site's form. */
export function sessionRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(signInRoute, async (c) => {
    const principal = await deps.access.authenticateToken(c.req.valid("json").token);
    if (!principal)
      throw new Unauthenticated("This token is unknown, expired or revoked. Ask an administrator for one.", true);
    if (!principal.scopes.has("read") && !principal.scopes.has("admin")) throw new AccessDenied("read");
    setCookie(c, sessionCookieName, deps.access.startSession(principal.subject), sessionCookieOptions(c.req.raw));
    // Real time, as in the browser.
    const expiresAt = new Date(Date.now() + sessionSeconds * 1000).toISOString();
    return c.json({ actor: principal.actor, expiresAt }, 200);
  });
  routes.openapi(whoRoute, async (c) => {
    const session = await deps.access.authenticateSession(getCookie(c, sessionCookieName) ?? "");
    if (!session) throw new Unauthenticated("Not signed in. Reload the page, or sign in with a token.");
    return c.json({ actor: session.actor, scopes: [...session.scopes] }, 200);
  });
  routes.openapi(signOutRoute, (c) => {
    deleteCookie(c, sessionCookieName, { path: "/" });
    return c.body(null, 204);
  });
  return routes;
}
