import type { IncidentListener } from "#server/incidents/index.ts";
import { queueGroups } from "./queue-groups.ts";
import { tellAcknowledged, tellResolved } from "./tell-response.ts";

/** Sends what happens to incidents where the routing tree says. */
export const tellOfIncidents: IncidentListener = {
  alertsChanged: queueGroups,
  acknowledged: tellAcknowledged,
  resolved: tellResolved,
};
