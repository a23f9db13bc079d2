import { formatHour } from "#domain/hour.ts";
import { type Fault, type Message, namedBy } from "#domain/protocol.ts";

/**
 * Faults for hours whose facts were dropped by retention. Merging into them would judge the hour from this message alone; kept as
 * rejected instead, nothing is lost and history stays unchanged.
 */
export function findOutlivedHours(message: Message, factsKeptFrom: Date | null): Fault[] {
  if (factsKeptFrom === null) return [];
  const { hours, at } = namedBy(message);
  return hours.flatMap(({ hour }, index) => {
    if (hour >= factsKeptFrom) return [];
    const detail = `must be ${formatHour(factsKeptFrom)} or later: the facts of older hours were dropped (TIDEMARK_RETENTION_FACTS); found "${formatHour(hour)}"`;
    return [{ pointer: `${at(index)}/hour`, detail }];
  });
}
