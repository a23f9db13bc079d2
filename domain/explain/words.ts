/** `13:04 UTC`, with its date if that is not today: `2026-11-21 13:04 UTC`. */
export function momentOf(instant: Date, now: Date): string {
  const [day = "", time = ""] = instant.toISOString().split("T");
  return `${now.toISOString().startsWith(day) ? "" : `${day} `}${time.slice(0, 5)} UTC`;
}

export function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}

export function addSeconds(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
