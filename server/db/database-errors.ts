interface DatabaseError {
  code?: unknown;
  severity?: unknown;
  meta?: { driverAdapterError?: { cause?: { originalCode?: string; severity?: string } } };
}

/** An error's SQLSTATE, if it came from the database. Prisma keeps it behind a code of its own. */
export function sqlStateOf(error: unknown): string | null {
  const { code: own, meta } = (error ?? {}) as DatabaseError;
  const code = meta?.driverAdapterError?.cause?.originalCode ?? own;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** The server ended the session, or did not let it begin: the error is not of a statement. */
export function endsSession(error: unknown): boolean {
  const { severity: own, meta } = (error ?? {}) as DatabaseError;
  const severity = meta?.driverAdapterError?.cause?.severity ?? own;
  return severity === "FATAL" || severity === "PANIC";
}

/** The database rejected the values themselves, so a retry cannot help. Classes 22, 23 and 54. */
export function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlStateOf(error) ?? "");
}

/** A statement timed out, or its answer did not arrive. */
export function isTimeUp(error: unknown): boolean {
  return sqlStateOf(error) === "57014" || (error instanceof Error && error.message === "Query read timeout");
}
