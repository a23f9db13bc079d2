import { formatHour, type Hour } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { readHourInput } from "./hour-input.ts";

/** What reading hours needs of a claimed type. */
export interface ReadableType {
  id: number;
  name: string;
  activeFrom: Date;
  /** The first hour without a verdict; null: open-ended. */
  activeTo: Date | null;
}

export interface TypeRow extends ReadableType {
  claimed: boolean;
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

/** One hour of one type, as a request names them; NotFound unless the type is claimed and active in it. */
export async function findTypeHour(
  sql: Sql,
  named: { eventType: string; hour: string },
): Promise<{ type: ReadableType; hour: Hour }> {
  const hour = readHourInput(named.hour, "hour");
  const type = await findEventType(sql, named.eventType);
  requireActive(type, hour);
  return { type, hour };
}

/** The names of types by id. */
export async function loadTypeNames(sql: Sql, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const named = "SELECT id, name FROM event_type WHERE id = ANY ($1)";
  const rows = await sql.rows<{ id: number; name: string }>(named, [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** NotFound for an hour outside the type's active range. */
export function requireActive({ name, activeFrom, activeTo }: ReadableType, hour: Hour): void {
  if (hour >= activeFrom && (activeTo === null || hour < activeTo)) return;
  const range = activeTo
    ? `from ${formatHour(activeFrom)} up to, not including, ${formatHour(activeTo)}`
    : `from ${formatHour(activeFrom)} on`;
  throw new NotFound(`${name} has no verdict for ${formatHour(hour)}: it is active ${range}.`);
}
