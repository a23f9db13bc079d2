/**
 * What a pooler in transaction mode breaks: it lasts longer than a transaction, and the next transaction may run in another session,
 * which another client left behind.
 */
const sessionWide: readonly [what: string, pattern: RegExp][] = [
  ["LISTEN", /(?:^|;)\s*(?:UN)?LISTEN\b/i],
  ["a session's advisory lock", /\bpg_(?:try_)?advisory_(?:lock|unlock)\w*\s*\(/i],
  ["SET without LOCAL", /(?:^|;)\s*(?:RESET|DISCARD|SET\s+(?!(?:LOCAL|CONSTRAINTS|TRANSACTION)\b))/i],
  ["set_config for the session", /\bset_config\s*\([^()]*,\s*false\s*\)/i],
  [
    "a temporary table",
    /\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:LOCAL\s+|GLOBAL\s+)?TEMP(?:ORARY)?\b|\bINTO\s+TEMP(?:ORARY)?\b/i,
  ],
  ["a cursor WITH HOLD", /\bWITH\s+HOLD\b/i],
  ["a prepared statement", /(?:^|;)\s*(?:PREPARE\s+(?!TRANSACTION\b)|EXECUTE\b|DEALLOCATE\b)/i],
];

/** What of the statement needs a session of its own; null: it may go through a pooler in transaction mode. */
export function needsSession(statement: string): string | null {
  const text = statement.replace(/--[^\n]*/g, " ");
  return sessionWide.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
