import { type Config, publicUrlOf } from "#server/config.ts";
import { notifySubscribers } from "#server/consumers/index.ts";
import { markAmendedIncidents } from "#server/incidents/index.ts";
import { queueRunEvents } from "#server/lineage/index.ts";
import type { OnJudged } from "#server/verdicts/index.ts";

/** What follows from judged hours and commits with them. */
export const onJudged: OnJudged = async (tx, judged, now) => {
  await notifySubscribers(tx, judged, now);
  await markAmendedIncidents(tx, judged);
};

/** The same, and lineage if the settings name a backend. */
export function onJudgedBy(config: Config): OnJudged {
  if (config.OPENLINEAGE_URL === null) return onJudged;
  const options = { namespace: config.OPENLINEAGE_NAMESPACE, producer: publicUrlOf(config) };
  return async (tx, judged, now) => {
    await onJudged(tx, judged, now);
    await queueRunEvents(tx, { judged, now, options });
  };
}
