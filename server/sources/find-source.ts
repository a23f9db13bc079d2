import type { Nouns, Sql } from "#server/db/database.ts";
import type { Source } from "#server/db/generated/client.ts";
import { NotFound } from "#server/errors.ts";

/** NotFound if there is none. */
export async function findSource({ prisma }: Nouns, name: string): Promise<Source> {
  const source = await prisma.source.findUnique({ where: { name } });
  if (source) return source;
  throw new NotFound(sourceNotFound(name));
}

export function sourceNotFound(name: string): string {
  return `Source "${name}" does not exist. GET /api/v1/sources lists them; names are case-sensitive.`;
}

/** Row-locked until the transaction ends: nothing is recorded of a source while it is deleted. False: it is gone. */
export async function holdSource(tx: Sql, name: string): Promise<boolean> {
  const { rowCount } = await tx.query("SELECT FROM source WHERE name = $1 FOR UPDATE", [name]);
  return rowCount === 1;
}
