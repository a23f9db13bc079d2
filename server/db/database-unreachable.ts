import { endsSession, sqlStateOf } from "./database-errors.ts";

// Codes from node-postgres and Prisma when the database is unreachable or the connection broke.
const systemCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
// Classes 08 (connection), 57P0x (shutting down, starting up), 53 (out of connections, memory, locks or disk), 58030 (disk
// error), 25006 (read-only, such as a standby), serialization failure and deadlock, and timeouts: of a statement
// (57014), a lock (55P03) or an idle transaction (25P03).
const sqlStates = /^(08...|57P0[12345]|53...|58030|25006|40001|40P01|57014|55P03|25P03)$/;
const prismaCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024"]);
const sentences =
  /query read timeout|timeout exceeded when trying to connect|connection terminated|client has encountered a connection error|after calling end on the pool/i;

/** Of those, what is one statement's own: others may work meanwhile. */
const ownSqlStates = /^(40001|40P01|57014|55P03|25P03)$/;

/** True if the database as a whole is unreachable, read-only or full, whoever asks it. */
export function isDatabaseAway(error: unknown): boolean {
  return isDatabaseUnreachable(error) && !ownSqlStates.test(sqlStateOf(error) ?? "");
}

/** True if the failure says nothing about the request: a later retry can succeed. */
export function isDatabaseUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (systemCodes.has(code) || prismaCodes.has(code)) return true;
  if (sqlStates.test(sqlStateOf(error) ?? "")) return true;
  // Such as XX000 while a full disk takes no session's first file. Wrong credentials and names (28, 3D) do not pass by themselves.
  if (endsSession(error) && !/^(28|3D)/.test(sqlStateOf(error) ?? "")) return true;
  if (sentences.test(error.message)) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnreachable);
  return isDatabaseUnreachable(error.cause);
}
