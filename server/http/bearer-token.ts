/** The token of an Authorization header; null: it is no bearer token. */
export function bearerTokenOf(header: string): string | null {
  return /^Bearer +(\S+)$/i.exec(header.trim())?.[1] ?? null;
}
