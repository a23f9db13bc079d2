import { answerOf, api } from "#components/api/client.ts";
import type { IncidentJson } from "#domain/api/alerts.ts";

export type Act =
  | { name: "acknowledge" | "resolve" | "unsnooze" }
  | { name: "note"; note: string }
  | { name: "assign"; assignee: string | null }
  | { name: "snooze"; until: string; note: string };

/** Sends an act; the incident as it is afterwards. */
export function actOn(id: string, act: Act): Promise<IncidentJson> {
  const params = { path: { id } };
  switch (act.name) {
    case "note":
      return answerOf(api.POST("/incidents/{id}/note", { params, body: { note: act.note } }));
    case "assign":
      return answerOf(api.POST("/incidents/{id}/assign", { params, body: { assignee: act.assignee } }));
    case "snooze": {
      const { until, note } = act;
      const body = { until, ...(note !== "" && { note }) };
      return answerOf(api.POST("/incidents/{id}/snooze", { params, body }));
    }
    default:
      return answerOf(api.POST(`/incidents/{id}/${act.name}`, { params, body: {} }));
  }
}

export function doneText(act: Act): string {
  switch (act.name) {
    case "acknowledge":
      return "Acknowledged.";
    case "note":
      return "Note added.";
    case "snooze":
      return "Snoozed: its notifications pause.";
    case "unsnooze":
      return "Snooze ended: it is notified again.";
    case "resolve":
      return "Resolved.";
    case "assign":
      return act.assignee === null ? "Unassigned." : `Assigned to ${act.assignee}.`;
  }
}
