import type { SloRestatementJson } from "../api/slo.ts";
import { formatCount } from "../figures.ts";
import { dayName } from "./slo-words.ts";

/** "5 Oct 2026", "3 days from 5 Oct to 9 Oct". */
export function daysText(days: readonly string[]): string {
  const [first = "", ...rest] = days;
  const last = rest.at(-1);
  return last ? `${days.length} days from ${dayName(first)} to ${dayName(last)}` : dayName(first, true);
}

const figures = [
  ["due", "counted hours"],
  ["met", "on time"],
  ["complete", "complete"],
  ["excused", "excused"],
  ["lostEvents", "events lost"],
  ["skewedEvents", "events in another hour"],
] as const;

/** "on time 742 → 743, excused 0 → 1". */
export function changeText({ before, after }: Pick<SloRestatementJson, "before" | "after">): string {
  const changed = figures.filter(([field]) => before[field] !== after[field]);
  if (changed.length === 0) return "the weighting by events changed";
  return changed
    .map(([field, words]) => `${words} ${formatCount(before[field])} → ${formatCount(after[field])}`)
    .join(", ");
}

/** "by late reports: facts arrived after the month was frozen". */
export function blameText({ causes }: Pick<SloRestatementJson, "causes">): string {
  return causes.map(({ by, why }) => `by ${by}: ${why.replace(/\.$/, "")}`).join("; ");
}

/** "EndSong", "12 event types". */
export function typesText(eventTypes: readonly string[]): string {
  const [first = "", ...rest] = eventTypes;
  return rest.length === 0 ? first : rest.length < 4 ? eventTypes.join(", ") : `${eventTypes.length} event types`;
}
