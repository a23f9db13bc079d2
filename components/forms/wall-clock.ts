import type { ZoneChoice } from "#components/ui/time-zone.ts";
import { parseInstant } from "#domain/instant.ts";

/** An instant as a field shows it: "2026-11-22 13:04" in UTC or in the browser's own zone. */
export function writeWallClock(instantAt: string, zone: ZoneChoice): string {
  const at = new Date(instantAt);
  const shown = zone === "utc" ? at : new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shown.toISOString().slice(0, 16).replace("T", " ");
}

/** The instant that a field's text means; with a Z at its end it is UTC in any zone. null: it is not, or not yet, a time. */
export function readWallClock(text: string, zone: ZoneChoice): string | null {
  const [, day, time, z] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::\d{2})?( ?Z)?$/i.exec(text.trim()) ?? [];
  const asUtc = parseInstant(`${day}T${time}:00Z`);
  if (asUtc === null) return null;
  return (zone === "utc" || z !== undefined ? asUtc : new Date(`${day}T${time}`)).toISOString();
}

/** "2026-11-22" if it is a day of the calendar. */
export function readDay(text: string): string | null {
  const day = text.trim();
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && parseInstant(`${day}T00:00:00Z`) !== null ? day : null;
}
