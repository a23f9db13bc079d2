const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i;
// ASCII is a subset of UTF-8.
const readable = new Set(["utf-8", "utf8", "us-ascii", "ascii"]);

/** The character set named by a content type if it is not UTF-8; null if the body can be read. */
export function foreignCharset(contentType: string): string | null {
  const named = charset.exec(contentType)?.[1];
  return named === undefined || readable.has(named.toLowerCase()) ? null : named;
}
