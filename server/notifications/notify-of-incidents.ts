import type { IncidentListener } from "#server/incidents/index.ts";
import { findMutedIncidents } from "./find-muted-incidents.ts";
import { notifyAcknowledged, notifyResolved } from "./notify-response.ts";
import { notifySnoozed, notifySnoozeEnded } from "./notify-snooze.ts";
import { queueGroups } from "./queue-groups.ts";

/** Sends incidents' changes along the routing tree, and knows what it does not send. */
export const notifyOfIncidents: IncidentListener = {
  alertsChanged: queueGroups,
  acknowledged: notifyAcknowledged,
  snoozed: notifySnoozed,
  snoozeEnded: notifySnoozeEnded,
  findMuted: findMutedIncidents,
  resolved: notifyResolved,
};
