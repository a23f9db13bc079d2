import type { VerdictState } from "#domain/verdict.ts";

/** What each state means, as in a page's legend. */
export const stateMeanings: Record<VerdictState, string> = {
  complete: "every expected datacenter has closed the hour, and the counts agree",
  closing: "the hour has ended, and not every expected datacenter has closed it",
  verifying: "closed; counts may still change",
  late: "not closed, and the deadline has passed",
  incomplete: "closed; more events were lost than tolerated",
  overcounted: "closed; more events were duplicated than tolerated",
  unverified: "closed; a datacenter’s produced count is unknown",
  open: "the hour has not ended",
};
