import type { Database, Sql } from "./database.ts";
import { type SealedTable, sealedTables } from "./sealed-columns.ts";
import { type SecretBox, type SecretPlace, sealedPrefix } from "./secret-box.ts";

export interface SecretRotation {
  /** Rows that were sealed again. */
  readonly rotated: number;
  /** Rows that lost a value that no key of this process opens. */
  readonly dropped: number;
  /** Rows with such a value that stays as it is. */
  readonly unreadable: readonly SecretPlace[];
}

export interface RotateOptions {
  /** Drop what no key opens, where Tidemark can do without it or makes it again. */
  dropLost?: boolean;
  /** After each committed batch, with the number of rows that it looked at. */
  onBatch?(rows: number): void;
  batch?: number;
}

/**
 * Seals every stored secret with the current key, plain ones too. Each batch commits by itself: a rotation that was killed
 * goes on where it ended, and readers meet either value. Requires a key.
 */
export async function rotateSecrets(database: Database, options: RotateOptions = {}): Promise<SecretRotation> {
  const { batch = 200, dropLost = false, onBatch } = options;
  let [rotated, dropped] = [0, 0];
  const unreadable: SecretPlace[] = [];
  for (const sealed of sealedTables) {
    let after = "";
    for (let isMore = true; isMore; ) {
      const results = await database.transaction(async (tx) => {
        const rows = await lockRows(tx, database.secrets, sealed, after, batch);
        const done = [];
        for (const row of rows) done.push(await rotateRow(tx, database.secrets, sealed, row, dropLost));
        return done;
      });
      rotated += results.filter(({ became }) => became === "rotated").length;
      dropped += results.filter(({ became }) => became === "dropped").length;
      unreadable.push(...results.filter(({ became }) => became === "unreadable").map(({ place }) => place));
      onBatch?.(results.length);
      after = results.at(-1)?.place.row ?? after;
      isMore = results.length === batch;
    }
  }
  return { rotated, dropped, unreadable };
}

type Row = Record<string, string | null>;

/** Rows with a value that the current key does not seal. */
async function lockRows(
  tx: Sql,
  { currentId }: SecretBox,
  { table, key, columns }: SealedTable,
  after: string,
  most: number,
) {
  return tx.rows<Row>(
    `SELECT ${[key, ...columns].join(", ")} FROM ${table}
      WHERE ${key} > $1 AND (${columns.map((column) => `${column} NOT LIKE $2`).join(" OR ")})
      -- a value that is written meanwhile is waited for, not overwritten
      ORDER BY ${key} LIMIT $3 FOR UPDATE`,
    [after, `${sealedPrefix}${currentId}.%`, most],
  );
}

async function rotateRow(tx: Sql, secrets: SecretBox, sealed: SealedTable, row: Row, dropLost: boolean) {
  const { table, key, columns, expendable, alongside = [] } = sealed;
  const place = { table, row: row[key] ?? "" };
  const isLost = (column: string) => {
    const stored = row[column] ?? null;
    return stored !== null && !secrets.canOpen(place, stored);
  };
  const lost = columns.filter(isLost);
  if (dropLost && expendable === "row" && lost.length > 0) {
    await tx.query(`DELETE FROM ${table} WHERE ${key} = $1`, [place.row]);
    return { place, became: "dropped" } as const;
  }
  const dropping = dropLost ? lost.filter((column) => expendable.includes(column)) : [];
  const values = columns.map((column) => {
    const stored = row[column] ?? null;
    return stored === null || dropping.includes(column) ? null : secrets.reseal(place, stored);
  });
  const cleared = dropping.length > 0 ? alongside.map((column) => `${column} = NULL`) : [];
  const changes = [...columns.map((column, index) => `${column} = $${index + 2}`), ...cleared];
  await tx.query(`UPDATE ${table} SET ${changes.join(", ")} WHERE ${key} = $1`, [place.row, ...values]);
  if (lost.length > dropping.length) return { place, became: "unreadable" } as const;
  return { place, became: dropping.length > 0 ? "dropped" : "rotated" } as const;
}
