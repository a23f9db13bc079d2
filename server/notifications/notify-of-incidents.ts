import type { IncidentListener } from "#server/incidents/index.ts";
import { findMutedIncidents } from "./find-muted-incidents.ts";
import { notifyAcknowledged, notifyResolved } from "./notify-response.ts";
import { queueGroups } from "./queue-groups.ts";

/** Sends incidents' changes along the routing tree, and knows what it does not send. */
export const notifyOfIncidents: IncidentListener = {
  alertsChanged: queueGroups,
  acknowledged: notifyAcknowledged,
  findMuted: findMutedIncidents,
  resolved: notifyResolved,
};
