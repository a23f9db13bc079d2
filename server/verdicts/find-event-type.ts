import { formatHour, type Hour } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";

/** What reading hours needs of a claimed type. */
export interface ReadableType {
  id: number;
  name: string;
  activeFrom: Date;
  /** The first hour without a verdict; null: open-ended. */
  activeTo: Date | null;
}

export interface TypeRow {
  id: number;
  name: string;
  claimed: boolean;
  activeFrom: Date;
  activeTo: Date | null;
}

export const typeColumns = `t.id, t.name, t.claimed_at IS NOT NULL AS claimed, t.active_from AS "activeFrom", t.active_to AS "activeTo"`;

/** The type by name; NotFound, with what to do next, unless it is claimed. */
export async function findEventType(sql: Sql, name: string): Promise<ReadableType> {
  const { rows } = await sql.query<TypeRow>(`SELECT ${typeColumns} FROM event_type t WHERE t.name = $1`, [name]);
  return requireClaimed(rows[0], name);
}

export function requireClaimed(row: TypeRow | undefined, name: string): ReadableType {
  if (!row) {
    throw new NotFound(
      `Event type "${name}" does not exist. GET /api/v1/event-types lists them; names are case-sensitive.`,
    );
  }
  if (row.claimed) return row;
  throw new NotFound(
    `"${name}" is only discovered: it was reported, has no owner, and its hours have no verdicts. ` +
      "Claim it by applying an EventType document with its owner and tier: npx tidemark apply -f FILE.",
  );
}

/** NotFound for an hour outside the type's active range. */
export function requireActive({ name, activeFrom, activeTo }: ReadableType, hour: Hour): void {
  if (hour >= activeFrom && (activeTo === null || hour < activeTo)) return;
  const range = activeTo
    ? `from ${formatHour(activeFrom)} up to, not including, ${formatHour(activeTo)}`
    : `from ${formatHour(activeFrom)} on`;
  throw new NotFound(`${name} has no verdict for ${formatHour(hour)}: it is active ${range}.`);
}
