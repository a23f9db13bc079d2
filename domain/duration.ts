const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
// The limit of PostgreSQL's integer: 68 years.
const maxSeconds = 2_147_483_647;

/** The seconds in `90s`, `60m`, `2h` or `3d`; null for anything else and beyond 68 years. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,10})([smhd])$/.exec(text);
  if (!match) return null;
  const seconds = Number(match[1]) * unitSeconds[match[2] as keyof typeof unitSeconds];
  return seconds <= maxSeconds ? seconds : null;
}

/** The shortest text that parseDuration reads back as the same number of seconds: `2h`, `90m`. */
export function formatDuration(seconds: number): string {
  const units = ["d", "h", "m"] as const;
  const unit = seconds === 0 ? undefined : units.find((each) => seconds % unitSeconds[each] === 0);
  return unit ? `${seconds / unitSeconds[unit]}${unit}` : `${seconds}s`;
}

/** For people, rounded down: `45 s`, `62 min`, `3 h 05 min`, `2 d 7 h`; `−5 min` for early. */
export function formatElapsed(seconds: number): string {
  if (seconds < 0) return `−${formatElapsed(-seconds)}`;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${Math.floor(seconds)} s`;
  if (hours < 2) return `${minutes} min`;
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
