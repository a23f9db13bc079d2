import { type NextRequest, NextResponse } from "next/server";
import { isDatabaseUnreachable } from "#server/db/database-unreachable.ts";
import { runtime } from "#server/http/runtime.ts";
import { sessionCookieName, sessionCookieOptions } from "#server/http/session-cookie.ts";

/** Pages only: the API has its own entry, and a body passing here would be buffered in memory. */
export const config = {
  matcher: ["/((?!api/|api$|_next/|sign-in$|healthz$|readyz$|metrics$|favicon|icon).*)"],
};

/**
 * Gives each visitor of an open dashboard a read-only session; redirects visitors of a private one to sign in. The API
 * accepts that session in place of a token.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { access } = await runtime();
  try {
    const cookie = request.cookies.get(sessionCookieName)?.value;
    const session = cookie === undefined ? null : await access.authenticateSession(cookie);
    if (session) return letIn(request, session.renewal);
  } catch (error) {
    if (!isDatabaseUnreachable(error)) throw error;
    const sentence = "Tidemark's database is unreachable, so sign-ins cannot be checked. Reload in a few seconds.";
    return new NextResponse(sentence, { status: 503, headers: { "retry-after": "5", "cache-control": "no-store" } });
  }
  if (access.dashboard === "private") {
    const { pathname, search } = request.nextUrl;
    const signIn = request.nextUrl.clone();
    signIn.pathname = "/sign-in";
    signIn.search = pathname === "/" ? "" : new URLSearchParams({ next: `${pathname}${search}` }).toString();
    return NextResponse.redirect(signIn);
  }
  return letIn(request, access.startSession({ kind: "visitor" }));
}

function letIn(request: NextRequest, newCookie: string | null): NextResponse {
  const response = NextResponse.next();
  if (newCookie !== null) response.cookies.set(sessionCookieName, newCookie, sessionCookieOptions(request));
  return response;
}
