import type { BoardAlertJson } from "#domain/api/board.ts";

/** The row's mark for its first alert: its severity, or why notifications are muted. */
export function alertMark({ severity, acknowledged, muted }: BoardAlertJson): string {
  return muted ?? (acknowledged ? `${severity} ✓` : severity);
}

/** `page since 2026-11-22 13:04 UTC, not acknowledged`. */
export function alertWords(alert: BoardAlertJson): string {
  const since = `${alert.severity} since ${alert.since.slice(0, 16).replace("T", " ")} UTC`;
  return `${since}, ${standing(alert)}`;
}

/** Who has acknowledged it. */
export function standing({ acknowledged, muted }: BoardAlertJson): string {
  const known = acknowledged ? "acknowledged" : "not acknowledged";
  if (muted === "silenced") return `${known}, silenced`;
  return muted === "inhibited" ? `${known}, inhibited by another alert of the same cause` : known;
}

export function incidentAddress(alert: BoardAlertJson): string {
  return `/alerts/incidents/${alert.incidentId}`;
}
