import { sessionCookieName, sessionSeconds } from "#server/access/index.ts";

export { sessionCookieName };

/** The session cookie's options, for the API and the pages' proxy. */
export function sessionCookieOptions(request: Request) {
  const scheme = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim() ?? new URL(request.url).protocol;
  return {
    httpOnly: true,
    sameSite: "lax" as const,
    path: "/",
    maxAge: sessionSeconds,
    secure: scheme.startsWith("https"),
  };
}
