import type { Cause } from "../explain.ts";
import { explains, readCauseKey } from "../incident/choose-cause.ts";
import type { LikelyCause, Onset } from "./situation.ts";

/** What is said of an incident that an hour belongs to. */
export interface SaidOfIncident {
  causeKey: string;
  cause: LikelyCause;
  onset: Onset;
}

/**
 * An hour's causes, likeliest first, where those that its incidents explain are theirs: an hour and its incident say the same. Causes of
 * other trouble stay.
 */
export function agreeWithIncidents(causes: readonly Cause[], incidents: readonly SaidOfIncident[]): Cause[] {
  const known = incidents.filter(({ onset }) => onset.source !== "alert");
  const others = causes.filter(
    (cause) => !known.some((incident) => explains(cause, incident.causeKey) || hasJudged(incident, cause)),
  );
  return [...known.map(causeOf), ...others].sort((a, b) => b.score - a.score);
}

/** Whether a deployment at its place is behind it was looked at minute by minute: an hour alone would only guess. */
function hasJudged({ causeKey }: SaidOfIncident, { code, datacenter }: Cause): boolean {
  return code === "deployment" && datacenter !== null && readCauseKey(causeKey).datacenter === datacenter;
}

function causeOf({ cause: { changes: _, evidence, ...cause }, onset }: SaidOfIncident): Cause {
  return {
    ...cause,
    since: onset.at,
    evidence: evidence.map(({ fact, asOf, figure, unit }) => ({ fact, at: asOf, figure, unit })),
  };
}
