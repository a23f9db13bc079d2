import pg from "pg";
import { postgresHosts } from "#domain/postgres-hosts.ts";
import { sqlStateOf } from "./database-errors.ts";

export interface ConnectionTrouble {
  /** What is wrong with DATABASE_URL or its server, and what to do. Never contains the password. */
  sentence: string;
  /** It may pass by itself: the server or its name may still be coming up. */
  passing: boolean;
}

interface Target {
  /** Of several hosts all of them, with commas. */
  host: string;
  where: string;
  user: string;
  database: string;
}

const networkCodes = new Set(["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);
const certificateCodes = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_\w+)$/;
const check = "Check DATABASE_URL";

/** Why no session can be had at this URL; null: it is something else. */
export function explainConnection(error: unknown, databaseUrl: string): ConnectionTrouble | null {
  if (!(error instanceof Error)) return null;
  const target = readTarget(databaseUrl);
  const { host, where, user, database } = target;
  const code = sqlStateOf(error) ?? ("code" in error && typeof error.code === "string" ? error.code : "");
  const lasting = (sentence: string) => ({ sentence, passing: false });
  const passing = (sentence: string) => ({ sentence, passing: true });
  if (code === "28P01" || /client password must be a string|SASL/.test(error.message)) {
    return lasting(
      `The database server at ${where} refuses the password of the user "${user}". Correct the user and the password in DATABASE_URL; special characters in them must be percent-encoded.`,
    );
  }
  if (code === "28000") {
    return lasting(
      `The database server at ${where} refuses the user "${user}" (${error.message}). Correct the user in DATABASE_URL, or admit this machine in the server's pg_hba.conf.`,
    );
  }
  if (code === "3D000") {
    return lasting(
      `The database server at ${where} has no database "${database}". Create it (CREATE DATABASE "${database}" OWNER "${user}"), or correct its name in DATABASE_URL.`,
    );
  }
  if (code === "42501") {
    return lasting(sayMayNotCreate({ user, database, reason: ` (${error.message})` }));
  }
  if (certificateCodes.test(code)) {
    return lasting(
      `The certificate of the database server at ${where} is not trusted (${error.message}). Name its authority with sslrootcert=… in DATABASE_URL.`,
    );
  }
  if (/does not support SSL/.test(error.message)) {
    return lasting(
      `The database server at ${where} has no TLS. Turn it on there, or use sslmode=disable in DATABASE_URL.`,
    );
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return passing(`The host "${host}" of the database is unknown. ${check}, and this machine's DNS.`);
  }
  if (code === "ECONNREFUSED" || code === "ENOENT") {
    return passing(`No database server listens at ${where}. Start it, or correct host and port in DATABASE_URL.`);
  }
  if (networkCodes.has(code) || /timeout expired|timeout exceeded when trying to connect/i.test(error.message)) {
    return passing(`The database server at ${where} does not answer. ${check}, and the firewalls in between.`);
  }
  if (code === "57P03" || code === "57P01" || code === "57P02") {
    return passing(`The database server at ${where} is starting or shutting down.`);
  }
  if (code === "25006") {
    return passing(
      `The database server at ${where} takes no writes: it is a standby, or read-only. Promote it, or name the primary in DATABASE_URL.`,
    );
  }
  if (code === "53300") {
    return passing(`The database server at ${where} has no connection left. Raise its max_connections.`);
  }
  if (code === "ECONNRESET" || /connection terminated/i.test(error.message)) {
    return passing(`The server at ${where} closes the connection. ${check}: does PostgreSQL listen there?`);
  }
  return null;
}

export function sayMayNotCreate({
  user,
  database,
  reason = "",
}: Pick<Target, "user" | "database"> & { reason?: string }) {
  return `The user "${user}" may not create tables in the database "${database}"${reason}. Make it the owner: ALTER DATABASE "${database}" OWNER TO "${user}".`;
}

/** As node-postgres reads each host: with a socket's folder, and its defaults. */
function readTarget(connectionString: string): Target {
  const clients = (postgresHosts(connectionString) ?? [connectionString]).map(
    (url) => new pg.Client({ connectionString: url }),
  );
  const [first] = clients;
  return {
    host: clients.map(({ host }) => host).join(", "),
    where: clients.map(whereOf).join(", "),
    user: first?.user ?? "",
    database: first?.database ?? "",
  };
}

function whereOf({ host, port }: pg.Client): string {
  if (host.startsWith("/")) return host;
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
