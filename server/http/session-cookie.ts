/** Where people reach the pages (TIDEMARK_PUBLIC_URL). What a request says of its own scheme is not believed. */
interface Reached {
  readonly publicUrl?: string | null | undefined;
}

function isTls({ publicUrl }: Reached): boolean {
  return publicUrl?.startsWith("https:") ?? false;
}

/** `__Host-`: no other host of the domain, and nothing in plain HTTP, can have set it. */
function cookieName(reached: Reached, name: string): string {
  return isTls(reached) ? `__Host-${name}` : name;
}

export const sessionCookieName = (reached: Reached) => cookieName(reached, "tidemark_session");

/** What a browser keeps between leaving for the identity provider and coming back. */
export const flowCookieName = (reached: Reached) => cookieName(reached, "tidemark_sign_in");

export function cookieOptions(reached: Reached, maxAgeSeconds: number) {
  return { httpOnly: true, sameSite: "lax" as const, path: "/", maxAge: maxAgeSeconds, secure: isTls(reached) };
}
