const here = "https://tidemark.invalid";
const maxLength = 2_000;

/**
 * Where to go after signing in: the path if it is one of this site's pages, else `/`. Browsers drop tabs and line ends
 * from an address and take `\` for `/`, so what looks like a path may lead to another site.
 */
export function safeNext(next: unknown): string {
  if (typeof next !== "string" || next.length > maxLength) return "/";
  if (!next.startsWith("/") || /[\p{C}\\]/u.test(next) || !URL.canParse(next, here)) return "/";
  const { origin, pathname, search, hash } = new URL(next, here);
  // `/.//host` has this origin, and the path `//host`: a browser given that path would go to the host.
  if (origin !== here || pathname.startsWith("//") || /^\/sign-in(?:\/|$)/.test(pathname)) return "/";
  return `${pathname}${search}${hash}`;
}
