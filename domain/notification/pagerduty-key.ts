import { clipText } from "../notification.ts";

/** The dedup_key of a thread, which PagerDuty returns as an incident's incident_key: at most 255 characters. */
export function pagerdutyKey(threadKey: string): string {
  return clipText(threadKey, 255);
}
