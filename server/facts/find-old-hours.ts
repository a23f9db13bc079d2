import { performance } from "node:perf_hooks";
import { type Fault, maxFaults } from "#domain/fault.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { type Message, namedBy } from "#domain/protocol.ts";
import type { Database } from "#server/db/database.ts";

/** Real time. Only hours that were found are cached, so a claim that begins earlier applies at once. */
const freshMs = 10_000;
const claims = new WeakMap<Database, { readAtMs: number; activeFrom: Map<string, Date> }>();

/**
 * Faults for hours older than `oldestHourSeconds` that also precede their type's `activeFrom`. Without this check any sender
 * could make the database create partitions back to 1970. One list per message, in order.
 */
export async function findOldHours(
  database: Database,
  messages: readonly Message[],
  { now, oldestHourSeconds }: { now: Date; oldestHourSeconds: number },
): Promise<Fault[][]> {
  const oldest = addHours(hourOf(new Date(now.getTime() - oldestHourSeconds * 1000 - 1)), 1);
  // Rarely true: checked without building a list of the hours.
  if (!messages.some((message) => namesHourBefore(message, oldest))) return messages.map(() => []);
  const old = messages.map((message) => hoursOf(message).filter(({ hour }) => hour < oldest));
  const eventTypes = new Set(old.flat().map(({ eventType }) => eventType));
  const activeFrom = await readActiveFrom(database, eventTypes);
  return old.map((entries) => {
    const refused = entries.filter(({ eventType, hour }) => hour < (activeFrom.get(eventType) ?? oldest));
    return refused.slice(0, maxFaults).map(({ eventType, hour, pointer }) => ({
      pointer,
      detail: `${formatHour(hour)} is too old. The oldest hour of ${JSON.stringify(eventType)} is ${formatHour(min(activeFrom.get(eventType), oldest))} (TIDEMARK_OLDEST_HOUR, or the type's activeFrom). To load older hours, claim the type with an earlier activeFrom.`,
    }));
  });
}

function min(claimed: Date | undefined, oldest: Date): Date {
  return claimed && claimed < oldest ? claimed : oldest;
}

function namesHourBefore(message: Message, oldest: Date): boolean {
  return namedBy(message).hours.some(({ hour, landedHour = hour }) => hour < oldest || landedHour < oldest);
}

interface NamedHour {
  eventType: string;
  hour: Date;
  pointer: string;
}

function hoursOf(message: Message): NamedHour[] {
  const { hours, at } = namedBy(message);
  return hours.flatMap(({ eventType, hour, landedHour = hour }, index) => [
    { eventType, hour, pointer: `${at(index)}/hour` },
    ...(landedHour === hour ? [] : [{ eventType, hour: landedHour, pointer: `${at(index)}/landedHour` }]),
  ]);
}

async function readActiveFrom(database: Database, eventTypes: ReadonlySet<string>): Promise<ReadonlyMap<string, Date>> {
  let known = claims.get(database);
  if (!known || performance.now() - known.readAtMs > freshMs) {
    known = { readAtMs: performance.now(), activeFrom: new Map() };
    claims.set(database, known);
  }
  const { activeFrom } = known;
  const unknown = [...eventTypes].filter((name) => !activeFrom.has(name));
  if (unknown.length === 0) return activeFrom;
  const { rows } = await database.sql.query<{ name: string; activeFrom: Date }>(
    `SELECT name, active_from AS "activeFrom" FROM event_type WHERE claimed_at IS NOT NULL AND name = ANY ($1)`,
    [unknown],
  );
  for (const row of rows) activeFrom.set(row.name, row.activeFrom);
  return activeFrom;
}
