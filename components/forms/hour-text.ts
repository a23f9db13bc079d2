import { formatHour, parseHour } from "#domain/hour.ts";

/** The name of the hour that a field's text means, `2026-11-22T13` or `2026-11-22 13:00`; null: it is not, or not yet, an hour. */
export function readHourText(text: string): string | null {
  const [, day, hour] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2})(?::00(?::00)?)? ?Z?$/i.exec(text.trim()) ?? [];
  const found = parseHour(`${day}T${hour}`);
  return found && formatHour(found);
}

/** The hour after a day was picked: it keeps its time of day, at first midnight. */
export function onDay(day: string, hour: string | null): string {
  return `${day}T${hour?.slice(11) ?? "00"}`;
}
