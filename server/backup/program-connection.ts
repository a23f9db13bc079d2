import { postgresHosts } from "#domain/postgres-hosts.ts";

export interface ProgramConnection {
  /** For `--dbname`. Without the password, because every user of a machine can read command lines. */
  address: string;
  /** What the program's environment has to hold. */
  variables: Record<string, string>;
}

/** How PostgreSQL's own programs reach the database of a URL that Tidemark reads. */
export function programConnection(url: string, applicationName: string): ProgramConnection {
  const variables: Record<string, string> = {
    PGAPPNAME: applicationName,
    PGCLIENTENCODING: "UTF8",
    PGTZ: "UTC",
    PGCONNECT_TIMEOUT: "10",
  };
  const [, head = "", user = "", rest = ""] = /^(postgres(?:ql)?:\/\/)(?:([^@/?#]*)@)?(.*)$/s.exec(url) ?? [];
  const [name = "", ...secret] = user.split(":");
  const [place = "", query = ""] = rest.split("?", 2);
  const parameters = new URLSearchParams(query);
  const password = parameters.get("password") ?? (secret.length > 0 ? decodeURIComponent(secret.join(":")) : null);
  if (password !== null) variables.PGPASSWORD = password;
  // node-postgres' own words, which libpq does not know.
  for (const own of ["password", "uselibpqcompat", "ssl", "pgbouncer"]) parameters.delete(own);
  if (parameters.get("sslmode") === "no-verify") parameters.set("sslmode", "require");
  // Without it Node trusts the system's authorities, and libpq none.
  if (parameters.get("sslmode") === "verify-full" && !parameters.has("sslrootcert")) {
    parameters.set("sslrootcert", "system");
  }
  const hosts = postgresHosts(url);
  if (hosts !== null && hosts.length > 1) parameters.set("target_session_attrs", "read-write");
  const address = `${head}${name === "" ? "" : `${name}@`}${place}`;
  return { address: parameters.size === 0 ? address : `${address}?${encode(parameters)}`, variables };
}

/** libpq reads percent signs only: a plus is a plus to it. */
function encode(parameters: URLSearchParams): string {
  return [...parameters].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}
