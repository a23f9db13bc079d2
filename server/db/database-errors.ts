/** An error's SQLSTATE, if it came from the database. */
export function sqlStateOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** The database rejected the values themselves, so a retry cannot help. Classes 22, 23 and 54. */
export function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlStateOf(error) ?? "");
}

/** A statement timed out, or its answer did not arrive. */
export function isTimeUp(error: unknown): boolean {
  return sqlStateOf(error) === "57014" || (error instanceof Error && error.message === "Query read timeout");
}
