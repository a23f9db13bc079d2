import type { Notification } from "#domain/notification.ts";

/** What a message begins with, in a chat. */
export function stateWords({ kind, status, incident, alerts }: Notification): string {
  if (kind === "test") return "Test";
  if (status === "resolved") return "Resolved";
  if (kind === "acknowledge") return `Acknowledged by ${incident?.acknowledgedBy ?? "someone"}`;
  if (kind === "escalate") return "Not acknowledged";
  if (incident?.situation?.phase === "recovering") return "Recovering";
  if (alerts.length > 0 && alerts.every((alert) => alert.status === "resolved")) return "Recovering";
  return kind === "repeat" ? "Still firing" : "Firing";
}
