/** What processes of the version before cannot work with. */
const destructive: readonly [what: string, pattern: RegExp][] = [
  ["RENAME", /\bRENAME\b/i],
  ["TRUNCATE", /\bTRUNCATE\b/i],
  // Constraints may be replaced by wider ones, indexes by better ones.
  ["DROP", /\bDROP\s+(?!CONSTRAINT\b|INDEX\b|NOT\s+NULL\b|EXPRESSION\b)/i],
  ["a change of type", /\bALTER\s+(?:COLUMN\s+)?\S+\s+(?:SET\s+DATA\s+)?TYPE\b/i],
];

/** Why a migration may not run while processes of the version before do; empty: it only adds. */
export function findDestructive(sql: string): string[] {
  const text = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ").replace(/'(?:[^']|'')*'/g, "''");
  const found = destructive.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
  return [...found, ...requiredColumns(text)];
}

/** Rows that the version before inserts have no value for these. */
function requiredColumns(text: string): string[] {
  const set = [...text.matchAll(/\bALTER\s+(?:COLUMN\s+)?(\S+)\s+SET\s+NOT\s+NULL\b/gi)]
    .filter(([, column = ""]) => !hasDefault(text, column))
    .map(([, column]) => `SET NOT NULL of ${column} without a default`);
  const added = [...text.matchAll(/\bADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?!CONSTRAINT\b)(\S+)\s+([^,;]*)/gi)]
    .filter(([, , terms = ""]) => /\bNOT\s+NULL\b/i.test(terms) && !/\bDEFAULT\b|\bGENERATED\b/i.test(terms))
    .map(([, column]) => `ADD COLUMN ${column} NOT NULL without a default`);
  return [...set, ...added];
}

function hasDefault(text: string, column: string): boolean {
  const name = column.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`\\bALTER\\s+(?:COLUMN\\s+)?${name}\\s+SET\\s+DEFAULT\\b`, "i").test(text);
}
