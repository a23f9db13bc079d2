/** PostgreSQL's SQLSTATE of an error, if it came from the database. */
export function sqlStateOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** The database refused the values themselves: sending them again changes nothing. Classes 22, 23 and 54. */
export function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlStateOf(error) ?? "");
}

/** A statement took longer than it may, or its answer did not come. */
export function isTimeUp(error: unknown): boolean {
  return sqlStateOf(error) === "57014" || (error instanceof Error && error.message === "Query read timeout");
}
