import type { Notification } from "../notification.ts";

/**
 * Whether a later message of the same thread makes an earlier, still undelivered one redundant: it has the same state for
 * at least the same alerts. A page is never dropped for its resolution: both are sent, in order.
 */
export function supersedes(later: Notification, earlier: Notification): boolean {
  const quiet = (kind: Notification["kind"]) =>
    kind === "escalate" || kind === "test" || kind === "acknowledge" || kind === "digest";
  if (quiet(later.kind) || quiet(earlier.kind) || later.status !== earlier.status) return false;
  const covered = new Set(later.alerts.map((alert) => alert.fingerprint));
  return earlier.alerts.every((alert) => covered.has(alert.fingerprint));
}
