import type { Context as HonoContext } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Origin } from "#domain/audit/origin.ts";
import { endSessionOfCookie, type SignedIn, type SignInPlace } from "#server/access/index.ts";
import type { ApiDeps, ApiEnv } from "./api-deps.ts";
import { cookieOptions, sessionCookieName } from "./session-cookie.ts";

/** Begins a session in this browser, in place of the one that it has. Returns the new cookie's value. */
export async function signIn(
  c: HonoContext<ApiEnv>,
  deps: ApiDeps,
  caller: SignedIn,
  from: Origin,
  provider: Pick<SignInPlace, "sid" | "idToken"> = {},
): Promise<string> {
  const name = sessionCookieName(deps);
  const old = getCookie(c, name);
  if (old !== undefined) await endSessionOfCookie(deps.database, old, { actor: "a new sign-in", from });
  const { cookie, endsAt } = await deps.access.startSession(caller, {
    from,
    userAgent: c.req.header("user-agent") ?? null,
    ...provider,
  });
  deps.access.forget();
  const seconds = Math.floor((endsAt.getTime() - Date.now()) / 1000);
  setCookie(c, name, cookie, cookieOptions(deps, seconds));
  return cookie;
}
