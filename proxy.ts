import { type NextRequest, NextResponse } from "next/server";
import { visitSeconds } from "#server/access/index.ts";
import { isDatabaseUnreachable } from "#server/db/database-unreachable.ts";
import { SecretUnreadable } from "#server/db/secret-box.ts";
import { runtime } from "#server/http/runtime.ts";
import { cookieOptions, sessionCookieName } from "#server/http/session-cookie.ts";
import { unavailablePage } from "#server/http/unavailable-page.ts";

/** Pages only: the API has its own entry, and a body passing here would be buffered in memory. */
export const config = {
  // The front page by itself: below a base path the pattern would miss it.
  matcher: ["/", "/((?!api/|api$|_next/|sign-in(?:/|$)|healthz$|readyz$|metrics$|favicon\\.ico$|icon\\.svg$).*)"],
};

const noAnswer =
  "Tidemark's database does not answer, so nothing can be shown. Events are refused meanwhile, and reporters send them again.";

/**
 * Gives each visitor of an open dashboard a read-only session; redirects visitors of a private one to sign in. The API
 * accepts a session in place of a token.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { access, databaseAnswers, publicUrl } = await runtime();
  if (databaseAnswers?.() === false) return unavailablePage(noAnswer);
  const cookieName = sessionCookieName({ publicUrl });
  try {
    const cookie = request.cookies.get(cookieName)?.value;
    const session = cookie === undefined ? null : await access.authenticateSession(cookie);
    if (session === null && access.dashboard === "private") return toSignIn(request);
    const newCookie = session === null ? await access.startVisit() : session.renewal;
    const response = NextResponse.next();
    if (newCookie !== null) response.cookies.set(cookieName, newCookie, cookieOptions({ publicUrl }, visitSeconds));
    return response;
  } catch (error) {
    if (error instanceof SecretUnreadable) return unavailablePage(error.message);
    if (!isDatabaseUnreachable(error)) throw error;
    return unavailablePage(noAnswer);
  }
}

function toSignIn({ nextUrl }: NextRequest): NextResponse {
  const { pathname, search } = nextUrl;
  const signIn = nextUrl.clone();
  signIn.pathname = "/sign-in";
  signIn.search = pathname === "/" ? "" : new URLSearchParams({ next: `${pathname}${search}` }).toString();
  return NextResponse.redirect(signIn);
}
