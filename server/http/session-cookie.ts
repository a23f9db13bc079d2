import { sessionCookieName, sessionSeconds } from "#server/access/index.ts";

export { sessionCookieName };

/** How the session's cookie is set, by the API and by the pages' proxy. */
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
