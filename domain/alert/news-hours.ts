import type { HourNow, TypeFacts } from "./facts.ts";

/** How long a closed hour's counts may page after they are final: after that, a loss is history. */
export const newsSeconds = 6 * 3600;

/** The hours whose counts became final recently, oldest first. */
export function newsHours({ hours }: TypeFacts, now: Date): HourNow[] {
  const fromMs = now.getTime() - newsSeconds * 1000;
  return hours.filter(({ settledAt }) => settledAt !== null && settledAt <= now && settledAt.getTime() > fromMs);
}
