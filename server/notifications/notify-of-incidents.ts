import type { IncidentListener } from "#server/incidents/index.ts";
import { notifyAcknowledged, notifyResolved } from "./notify-response.ts";
import { queueGroups } from "./queue-groups.ts";

/** Sends incidents' changes along the routing tree. */
export const notifyOfIncidents: IncidentListener = {
  alertsChanged: queueGroups,
  acknowledged: notifyAcknowledged,
  resolved: notifyResolved,
};
