// What node-postgres and Prisma say when there is no database to talk to, or it went away mid-sentence.
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
// Classes 08 (connection), 57P0x (shutting down, starting up), 53 (out of connections, memory, locks or disk), and who lost a
// deadlock or a race to another.
const sqlStates = /^(08...|57P0[1235]|53...|40001|40P01)$/;
const prismaCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024"]);
const sentences =
  /timeout exceeded when trying to connect|connection terminated|client has encountered a connection error|after calling end on the pool/i;

/** True when the failure says nothing about the request: trying again later can succeed. */
export function isDatabaseUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (systemCodes.has(code) || sqlStates.test(code) || prismaCodes.has(code)) return true;
  if (sentences.test(error.message)) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnreachable);
  return isDatabaseUnreachable(error.cause);
}
