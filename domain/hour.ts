const hourMs = 3_600_000;
const hourPattern = /^(\d{4}-\d{2}-\d{2}T\d{2})(?:Z|:00Z|:00:00Z)?$/;

/** A UTC hour, by its start. */
export type Hour = Date;

/** `2026-11-22T13`, also `…T13Z`, `…T13:00Z` and `…T13:00:00Z`; null for anything else. */
export function parseHour(text: string): Hour | null {
  const match = hourPattern.exec(text);
  if (!match) return null;
  const hour = new Date(`${match[1]}:00:00Z`);
  // A Date rolls 30 February over to March: an hour must read back as it was written.
  return !Number.isNaN(hour.getTime()) && formatHour(hour) === match[1] ? hour : null;
}

/** The hour's name: `2026-11-22T13`. */
export function formatHour(hour: Hour): string {
  return hour.toISOString().slice(0, 13);
}

/** The hour that contains the instant. */
export function hourOf(instant: Date): Hour {
  return new Date(Math.floor(instant.getTime() / hourMs) * hourMs);
}

export function addHours(hour: Hour, count: number): Hour {
  return new Date(hour.getTime() + count * hourMs);
}

/** The instant at which the hour ends, which is the start of the next. */
export function hourEnd(hour: Hour): Date {
  return addHours(hour, 1);
}
