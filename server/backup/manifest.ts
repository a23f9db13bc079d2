import { z } from "zod";

/** What a backup holds, read in the same snapshot as its data. */
export const contentsSchema = z.object({
  /** Names of the migrations that are applied. */
  migrations: z.array(z.string()),
  /** Rows of each table, those of its partitions included. */
  rows: z.record(z.string(), z.number()),
  verdicts: z.array(z.object({ month: z.string(), rows: z.number(), checksum: z.string() })),
});
export type Contents = z.infer<typeof contentsSchema>;

export const manifestSchema = z.object({
  format: z.literal(1),
  /** Tidemark's version. */
  product: z.string(),
  takenAt: z.iso.datetime(),
  postgres: z.object({ version: z.string(), major: z.number() }),
  /** Extensions of PostgreSQL that indexes of the schema use. */
  extensions: z.array(z.string()),
  dump: z.object({ bytes: z.number(), sha256: z.string() }),
  contents: contentsSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Each difference as a sentence; empty: the database holds what the manifest says. */
export function listDifferences(expected: Contents, found: Contents): string[] {
  const names = [...new Set([...Object.keys(expected.rows), ...Object.keys(found.rows)])].sort();
  const counts = names.flatMap((name) => {
    const [before, after] = [expected.rows[name], found.rows[name]];
    if (before === after) return [];
    if (before === undefined) return [`The table ${name} is not in the backup.`];
    if (after === undefined) return [`The table ${name} is missing; the backup has it with ${count(before)}.`];
    return [`${name} has ${count(after)}; the backup says ${count(before)}.`];
  });
  const months = new Map(found.verdicts.map((each) => [each.month, each]));
  const verdicts = expected.verdicts.flatMap(({ month, rows, checksum }) => {
    const now = months.get(month);
    // A different number is a sentence of its own.
    if (now?.rows !== rows) return [`${month} has ${count(now?.rows ?? 0, "verdict")}; the backup says ${rows}.`];
    return now.checksum === checksum ? [] : [`The verdicts of ${month} differ from those in the backup.`];
  });
  const known = new Set(expected.verdicts.map(({ month }) => month));
  const added = found.verdicts.filter(({ month }) => !known.has(month));
  return [...counts, ...verdicts, ...added.map(({ month }) => `The backup has no verdicts of ${month}.`)];
}

function count(number: number, what = "row"): string {
  return `${number} ${number === 1 ? what : `${what}s`}`;
}
