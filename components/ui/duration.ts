/**
 * Seconds for people: "42 s", "62 min", "3 h 05 min", "4 d 6 h". Rounded down: a delay or remaining time is never shown
 * longer than it is.
 */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds));
  if (total < 60) return `${total} s`;
  const minutes = Math.floor(total / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 72) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A configured duration: "60 min", "2 h", "72 h" where it is whole, else like a duration. */
export function formatTerm(seconds: number): string {
  return seconds >= 7200 && seconds % 3600 === 0 ? `${seconds / 3600} h` : formatDuration(seconds);
}

/** Seconds from one instant to the other, both in ISO 8601. */
export function secondsBetween(fromAt: string, toAt: string): number {
  return (Date.parse(toAt) - Date.parse(fromAt)) / 1000;
}
