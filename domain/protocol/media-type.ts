const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i;
// ASCII is UTF-8 that uses half of it.
const readable = new Set(["utf-8", "utf8", "us-ascii", "ascii"]);

/** The character set that a content type names and that is not UTF-8; null where it can be read. */
export function foreignCharset(contentType: string): string | null {
  const named = charset.exec(contentType)?.[1];
  return named === undefined || readable.has(named.toLowerCase()) ? null : named;
}
