/** With several hosts Tidemark always wants the one that takes writes. */
const writable = ["read-write", "primary"];
const mostHosts = 10;

/**
 * The URLs of each host of a PostgreSQL URL as libpq reads it: `postgres://user@a:5432,b:5433/db?target_session_attrs=read-write`.
 * null for what is none.
 */
export function postgresHosts(url: string): string[] | null {
  const [, head = "", hosts = "", tail = ""] = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/s.exec(url) ?? [];
  const urls = hosts.split(",").map((host) => `${head}${host}${tail}`);
  if (head === "" || urls.length > mostHosts) return null;
  // Alone it may be empty, as libpq allows where a parameter names a socket.
  const [first = "", ...others] = urls.length > 1 ? urls : [url.replace("@/", "@socket/")];
  if (urls.length > 1 && hosts.split(",").includes("")) return null;
  if (![first, ...others].every((each) => URL.canParse(each))) return null;
  const attributes = new URL(first).searchParams.get("target_session_attrs");
  return attributes === null || writable.includes(attributes) ? urls : null;
}
