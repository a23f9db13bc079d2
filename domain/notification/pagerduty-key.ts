import { clipText } from "../notification.ts";

/** The dedup_key of a thread, which PagerDuty gives back as an incident's incident_key: 255 characters at most. */
export function pagerdutyKey(threadKey: string): string {
  return clipText(threadKey, 255);
}
