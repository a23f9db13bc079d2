import type { Notification } from "../notification.ts";
import { pagerdutyKey } from "./pagerduty-key.ts";

/** The button's `action_id`. */
export const acknowledgeAction = "tidemark_acknowledge";

/** What the button carries back: the key of the incident's thread. null: there is nothing to acknowledge. */
export function acknowledgeValue({ kind, status, incident, threadKey }: Notification): string | null {
  const isOpen = status === "firing" && kind !== "acknowledge" && incident?.state === "open";
  return isOpen ? pagerdutyKey(threadKey) : null;
}
