import { basePathOf } from "#server/settings/base-path.ts";

/** Where people reach the pages (TIDEMARK_PUBLIC_URL). What a request says of its own scheme is not believed. */
interface Reached {
  readonly publicUrl?: string | null | undefined;
}

function isTls({ publicUrl }: Reached): boolean {
  return publicUrl?.startsWith("https:") ?? false;
}

/**
 * `__Host-`: no other host of the domain, and nothing in plain HTTP, can have set it. Browsers take the prefix with the path `/` alone, so
 * that it is the name that keeps two Tidemarks apart which share a host under two base paths.
 */
function cookieName(reached: Reached, name: string): string {
  const whole = `${name}${basePathOf(reached.publicUrl).replace(/[^A-Za-z0-9]+/g, "_")}`;
  return isTls(reached) ? `__Host-${whole}` : whole;
}

export const sessionCookieName = (reached: Reached) => cookieName(reached, "tidemark_session");

/** What a browser keeps between leaving for the identity provider and coming back. */
export const flowCookieName = (reached: Reached) => cookieName(reached, "tidemark_sign_in");

export function cookieOptions(reached: Reached, maxAgeSeconds: number) {
  return { httpOnly: true, sameSite: "lax" as const, path: "/", maxAge: maxAgeSeconds, secure: isTls(reached) };
}
