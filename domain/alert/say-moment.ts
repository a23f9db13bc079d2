import { formatHour, type Hour } from "../hour.ts";

/** `13:04`, with its day where that is not today: `2026-11-21 13:04`. UTC. */
export function sayMoment(instant: Date, now: Date): string {
  const [day = "", time = ""] = instant.toISOString().split("T");
  return now.toISOString().startsWith(day) ? time.slice(0, 5) : `${day} ${time.slice(0, 5)}`;
}

/** `hour 2026-11-22T13`, or `3 hours from 2026-11-22T11`. */
export function sayHours(hours: readonly Hour[]): string {
  const [first] = hours;
  if (!first) return "no hour";
  return hours.length === 1 ? `hour ${formatHour(first)}` : `${hours.length} hours from ${formatHour(first)}`;
}
