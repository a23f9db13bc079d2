import type { Sql } from "#server/db/database.ts";
import { Invalid, NotFound } from "#server/errors.ts";
import { type ReadableType, requireClaimed, type TypeRow, typeColumns } from "./find-event-type.ts";

export interface GatedType extends ReadableType {
  /** null: the product's default. */
  maxDuplicated: number | null;
}

/** The types by name, in the order given; throws Invalid naming each that is missing or unclaimed. */
export async function findEventTypes(sql: Sql, names: readonly string[]): Promise<GatedType[]> {
  const { rows } = await sql.query<TypeRow & { maxDuplicated: number | null }>(
    `SELECT ${typeColumns}, t.max_duplicated AS "maxDuplicated" FROM event_type t WHERE t.name = ANY ($1)`,
    [names],
  );
  const byName = new Map(rows.map((row) => [row.name, row]));
  const faults: { parameter: string; detail: string }[] = [];
  const types = names.flatMap((name) => {
    const row = byName.get(name);
    try {
      return [{ ...requireClaimed(row, name), maxDuplicated: row?.maxDuplicated ?? null }];
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      faults.push({ parameter: "eventTypes", detail: error.message });
      return [];
    }
  });
  if (faults.length > 0) throw new Invalid(faults.map(({ detail }) => detail).join(" "), faults);
  return types;
}
