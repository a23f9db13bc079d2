import { notifySubscribers } from "#server/consumers/index.ts";
import { markAmendedIncidents } from "#server/incidents/index.ts";
import type { OnJudged } from "#server/verdicts/index.ts";

/** What follows from judged hours and commits with them. */
export const onJudged: OnJudged = async (tx, judged, now) => {
  await notifySubscribers(tx, judged, now);
  await markAmendedIncidents(tx, judged);
};
