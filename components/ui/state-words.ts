import type { VerdictState } from "#domain/verdict.ts";

/** What each state means, as in a page's legend. */
export const stateMeanings: Record<VerdictState, string> = {
  complete: "every datacenter has closed and the counts agree",
  closing: "the hour is over, not every datacenter has closed it",
  verifying: "closed; the counts are given time to settle",
  late: "not closed, and the deadline is over",
  incomplete: "closed, and events are lost",
  overcounted: "closed, and events were delivered more than once",
  unverified: "closed, but a datacenter's produced count is unknown",
  open: "the hour is not over",
};

export function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
