/** What comes before every path of Tidemark behind a proxy: the path of TIDEMARK_PUBLIC_URL, such as `/tidemark`; "" is none. */
export function basePathOf(publicUrl: string | null | undefined): string {
  return publicUrl ? new URL(publicUrl).pathname.replace(/\/+$/, "") : "";
}

/** Where the pages for a base path are built: Next writes it into them, and several may be in use. */
export function buildFolderOf(basePath: string): string {
  return `.next${basePath.replaceAll("/", "-")}`;
}

/** A request's path and query without the base path. A proxy may have removed it, and machines on this side need not know it. */
export function withoutBasePath(target: string, basePath: string): string {
  if (basePath === "" || !target.startsWith(basePath)) return target;
  const rest = target.slice(basePath.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : target;
}

/** The reverse, as Next expects it: its front page has no slash at the end. */
export function withBasePath(target: string, basePath: string): string {
  if (basePath === "") return target;
  return `${basePath}${/^\/(\?|$)/.test(target) ? target.slice(1) : target}`;
}
