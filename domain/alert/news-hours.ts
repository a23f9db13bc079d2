import type { HourNow, TypeFacts } from "./facts.ts";

/** How long a closed hour's counts are news once they are final: later, a loss is history, and pages nobody any more. */
export const newsSeconds = 6 * 3600;

/** The hours whose counts are news, the oldest first. */
export function newsHours({ hours }: TypeFacts, now: Date): HourNow[] {
  const fromMs = now.getTime() - newsSeconds * 1000;
  return hours.filter(({ settledAt }) => settledAt !== null && settledAt <= now && settledAt.getTime() > fromMs);
}
