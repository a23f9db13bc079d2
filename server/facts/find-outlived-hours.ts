import { formatHour } from "#domain/hour.ts";
import { type Fault, type Message, namedBy } from "#domain/protocol.ts";

/**
 * Faults for hours older than fact retention. Merging into them would judge the hour from this message alone, because the
 * other facts are dropped; kept as rejected instead, nothing is lost and history stays unchanged.
 */
export function findOutlivedHours(message: Message, now: Date, keepFactsSeconds: number | null): Fault[] {
  if (keepFactsSeconds === null) return [];
  const oldest = new Date(now.getTime() - keepFactsSeconds * 1000);
  const { hours, at } = namedBy(message);
  return hours.flatMap(({ hour }, index) => {
    if (hour >= oldest) return [];
    const detail = `must be an hour within the retention (${formatHour(oldest)} or later, TIDEMARK_RETENTION_FACTS); found "${formatHour(hour)}"`;
    return [{ pointer: `${at(index)}/hour`, detail }];
  });
}
