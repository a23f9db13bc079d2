/** Headers of a write that is refused (412) if what was read has changed since; null: if there is one of the name by now. */
export function onlyIf(etag: string | null): Record<string, string> {
  return etag === null ? { "if-none-match": "*" } : { "if-match": `"${etag}"` };
}
