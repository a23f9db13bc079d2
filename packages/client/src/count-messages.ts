import type { CountersData } from "./messages.ts";
import type { Entry } from "./tallies.ts";

const maxReports = 1_000;
/** Tidemark refuses a message that names more as a whole: a few events with wild times would block all others. */
const maxMonths = 36;

/** The contents of one message: counts of one stage and reporter, limited in number and in months. */
export function chunksOf(entries: readonly Entry[]): Entry[][] {
  // Node 20 has no Map.groupBy.
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const name = JSON.stringify([entry.tally.stage, entry.tally.reporter]);
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return [...groups.values()].flatMap(divide);
}

function divide(entries: readonly Entry[]): Entry[][] {
  const chunks: Entry[][] = [];
  let chunk: Entry[] = [];
  let months = new Set<string>();
  for (const entry of entries) {
    const month = entry.tally.hour.slice(0, 7);
    const isFull = chunk.length === maxReports || (months.size === maxMonths && !months.has(month));
    if (chunk.length === 0 || isFull) {
      chunk = [];
      months = new Set();
      chunks.push(chunk);
    }
    chunk.push(entry);
    months.add(month);
  }
  return chunks;
}

/** The counts as message entries; index for index, so that a fault's JSON pointer finds its count. */
export function reportsOf(entries: readonly Entry[]): CountersData["reports"] {
  return entries.map(({ tally: { eventType, hour, landedHour }, amounts: { events, bytes, malformed } }) => ({
    eventType,
    hour,
    ...(landedHour === hour ? {} : { landedHour }),
    events,
    ...(bytes === 0 ? {} : { bytes }),
    ...(malformed === 0 ? {} : { malformed }),
  }));
}
