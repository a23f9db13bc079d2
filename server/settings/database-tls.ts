import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";

const modes = ["disable", "require", "verify-ca", "verify-full"] as const;
type Mode = (typeof modes)[number];
const ofTls = ["sslmode", "sslrootcert", "sslcert", "sslkey", "uselibpqcompat"] as const;

export interface DatabaseConnection {
  /** Without what is said of TLS in it. */
  connectionString: string;
  /** Absent: the URL says nothing of it. */
  ssl?: ConnectionOptions | false;
}

/**
 * What a PostgreSQL URL says of TLS, as PostgreSQL's own client means it: to node-postgres every mode is `verify-full`. Reads the files
 * that it names. Throws a sentence for the operator.
 */
export function readDatabaseTls(url: string): DatabaseConnection {
  const [address = "", query = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  const given = Object.fromEntries(ofTls.map((name) => [name, parameters.get(name)]));
  if (ofTls.every((name) => given[name] === null)) return { connectionString: url };
  for (const name of ofTls) parameters.delete(name);
  const rest = parameters.toString();
  const connectionString = rest === "" ? address : `${address}?${rest}`;
  const host = parameters.get("host") ?? hostOf(address);
  const mode = readMode(given.sslmode ?? "verify-full");
  // A socket does not leave the machine: PostgreSQL offers no TLS there.
  if (mode === "disable" || host.startsWith("/")) return { connectionString, ssl: false };
  // The operating system's authorities are those that Node trusts already.
  const rootCert = given.sslrootcert === "system" ? null : given.sslrootcert;
  if (mode === "verify-ca" && !rootCert) {
    throw new Error(
      "DATABASE_URL has sslmode=verify-ca without sslrootcert, the file of the authority that signed the server's certificate. For a public authority use verify-full.",
    );
  }
  const files = {
    ...(rootCert ? { ca: readPem("sslrootcert", rootCert) } : {}),
    ...(given.sslcert ? { cert: readPem("sslcert", given.sslcert) } : {}),
    ...(given.sslkey ? { key: readPem("sslkey", given.sslkey) } : {}),
  };
  return { connectionString, ssl: { ...files, ...identity(mode, host, rootCert !== null && rootCert !== undefined) } };
}

function readMode(mode: string): Mode {
  // node-postgres' own name for it.
  if (mode === "no-verify") return "require";
  if ((modes as readonly string[]).includes(mode)) return mode as Mode;
  const why =
    mode === "prefer" || mode === "allow"
      ? `DATABASE_URL has sslmode=${mode}, which would send everything unencrypted to a server that offers no TLS.`
      : `DATABASE_URL has sslmode=${mode}, which is not a mode.`;
  throw new Error(`${why} Use ${modes.join(", ")}.`);
}

/** `require` only encrypts, unless it names an authority: then, as in libpq, it is `verify-ca`. */
function identity(mode: Mode, host: string, hasRootCert: boolean): ConnectionOptions {
  if (mode === "require" && !hasRootCert) return { rejectUnauthorized: false };
  if (mode !== "verify-full") return { checkServerIdentity: () => undefined };
  // Without this, Node would look for "localhost" in the certificate of a server that is reached by its address.
  return isIP(host) === 0 ? {} : { host };
}

function hostOf(address: string): string {
  if (!URL.canParse(address)) return "";
  return decodeURIComponent(new URL(address).hostname).replace(/^\[(.+)\]$/, "$1");
}

function readPem(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(
      `DATABASE_URL has ${name}=${path}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}
