/** The path of TIDEMARK_PUBLIC_URL, put in when the pages are built (next.config.mjs); absent where nothing is built, as in tests. */
declare const TIDEMARK_BASE_PATH: string | undefined;

const base = typeof TIDEMARK_BASE_PATH === "string" ? TIDEMARK_BASE_PATH : "";

/** A path of this site as the browser asks for it, for all that Next's own links and router do not complete. Other addresses stay. */
export function withBase(path: string): string {
  return /^\/(?!\/)/.test(path) ? `${base}${path}` : path;
}

/** The reverse, for Next's router, which completes paths itself. */
export function withoutBase(path: string): string {
  return base !== "" && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}
