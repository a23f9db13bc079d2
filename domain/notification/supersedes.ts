import type { Notification } from "../notification.ts";

/**
 * Whether a later message of the same thread makes an earlier one, which could not be sent yet, needless: it tells the same
 * state of at least the same alerts. A page is never dropped for its own resolving: both are sent, in their order.
 */
export function supersedes(later: Notification, earlier: Notification): boolean {
  const quiet = (kind: Notification["kind"]) =>
    kind === "escalate" || kind === "test" || kind === "acknowledge" || kind === "digest";
  if (quiet(later.kind) || quiet(earlier.kind) || later.status !== earlier.status) return false;
  const told = new Set(later.alerts.map((alert) => alert.fingerprint));
  return earlier.alerts.every((alert) => told.has(alert.fingerprint));
}
