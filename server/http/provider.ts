import { Hono, type Context as HonoContext } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { ProviderRefusal, ProviderUnavailable } from "#domain/access/identity-provider.ts";
import { safeNext } from "#domain/access/safe-next.ts";
import { endSessionsOfLogout, isFirstUse, signInPerson } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { basePathOf } from "#server/settings/base-path.ts";
import type { ApiDeps, ApiEnv, Provider } from "./api-deps.ts";
import { bodyLimits, limitBody } from "./limit-body.ts";
import { originOf } from "./origin.ts";
import { cookieOptions, flowCookieName } from "./session-cookie.ts";
import { signIn } from "./sign-in.ts";
import { flowSeconds, keepFlow, keepRefusal, readFlow } from "./sign-in-flow.ts";

const logoutBody = { maxBytes: bodyLimits.stranger, withinMs: 10_000 };
const notStartedHere =
  "This sign-in was not started in this browser, took longer than 10 minutes, or was completed already.";

/** Where browsers, and the provider itself, come during a sign-in with OpenID Connect. Below `/sign-in/oidc`. */
export function providerRoutes(deps: ApiDeps): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.use(async (c, next) => {
    if (!deps.provider) throw new NotFound("No identity provider is set up: see TIDEMARK_OIDC_ISSUER.");
    await next();
    c.header("cache-control", "no-store");
    c.header("referrer-policy", "no-referrer");
  });
  routes.get("/", (c) => refusing(c, deps, ({ identity }) => begin(c, deps, identity)));
  routes.get("/callback", (c) => refusing(c, deps, (provider) => finish(c, deps, provider)));
  routes.post("/back-channel-logout", limitBody(logoutBody), (c) => logOut(c, deps));
  return routes;
}

async function begin(c: HonoContext<ApiEnv>, deps: ApiDeps, identity: Provider["identity"]): Promise<Response> {
  const { url, flow } = await identity.begin();
  const kept = keepFlow(await deps.access.browserKey(), { flow, next: safeNext(c.req.query("next")) });
  setCookie(c, flowCookieName(deps), kept, cookieOptions(deps, flowSeconds));
  return c.redirect(url, 303);
}

async function finish(c: HonoContext<ApiEnv>, deps: ApiDeps, { identity, meaning }: Provider): Promise<Response> {
  const { database, access } = deps;
  const kept = readFlow(await access.browserKey(), getCookie(c, flowCookieName(deps)));
  if (!kept || !("flow" in kept)) throw new ProviderRefusal(`${notStartedHere} Sign in again.`);
  const isFirst = await isFirstUse(database.sql, `flow ${kept.flow.state}`, new Date(kept.expiresAtMs));
  if (!isFirst) throw new ProviderRefusal(`${notStartedHere} Sign in again.`);
  const who = await identity.finish(new URL(c.req.url).search, kept.flow);
  const from = originOf(c, "provider");
  const { personId } = await signInPerson(database, { identity: who, meaning, from });
  const provided = { sid: who.sid, idToken: who.idToken || null };
  await signIn(c, deps, { kind: "person", personId, sessionId: null }, from, provided);
  deleteCookie(c, flowCookieName(deps), cookieOptions(deps, 0));
  return c.redirect(`${basePathOf(deps.publicUrl)}${kept.next}`, 303);
}

/** What is refused is said on the sign-in page, where there are other ways in. */
async function refusing(
  c: HonoContext<ApiEnv>,
  deps: ApiDeps,
  work: (provider: Provider) => Promise<Response>,
): Promise<Response> {
  try {
    return await work(deps.provider as Provider);
  } catch (error) {
    if (!(error instanceof ProviderRefusal || error instanceof ProviderUnavailable)) throw error;
    if (error instanceof ProviderRefusal)
      deps.access.noteRefusal(originOf(c, "provider"), { what: "provider", reason: error.message });
    deps.log.warn({ err: error, requestId: c.var.requestId }, "a sign-in with the identity provider did not complete");
    const { value, seconds } = keepRefusal(await deps.access.browserKey(), error.message);
    setCookie(c, flowCookieName(deps), value, cookieOptions(deps, seconds));
    return c.redirect(`${basePathOf(deps.publicUrl)}/sign-in`, 303);
  }
}

/** OpenID Connect Back-Channel Logout 1.0: the provider says that sessions have ended. */
async function logOut(c: HonoContext<ApiEnv>, deps: ApiDeps): Promise<Response> {
  try {
    const form = new URLSearchParams(await c.req.text());
    const message = await (deps.provider as Provider).identity.readLogout(form.get("logout_token") ?? "");
    if (!(await endSessionsOfLogout(deps.database, message, originOf(c, "provider")))) {
      throw new ProviderRefusal("This logout token was received before.");
    }
    deps.access.forget();
    return c.body(null, 200);
  } catch (error) {
    const isRefused = error instanceof ProviderRefusal;
    if (!isRefused && !(error instanceof ProviderUnavailable)) throw error;
    deps.log.warn({ err: error }, "a logout message of the identity provider was not accepted");
    // Unavailable: the keys to check it could not be read, so the provider may send it again.
    return c.json({ error: "invalid_request", error_description: error.message }, isRefused ? 400 : 503);
  }
}
