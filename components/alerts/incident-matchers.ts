import type { IncidentJson } from "#domain/api/alerts.ts";
import { quote } from "#domain/routing/matcher-text.ts";

interface Silenced {
  causeKey: string;
  alerts: readonly { labels: Readonly<Record<string, string>> }[];
}

/** Matchers that silence one incident and nothing else: the cause labels of its alerts. */
export function incidentMatchers({ causeKey, alerts }: Silenced | IncidentJson): string[] {
  const causes = [...new Set(alerts.flatMap(({ labels }) => labels.cause ?? []))].sort();
  if (causes.length < 2) return [`cause=${quote(causes[0] ?? causeKey)}`];
  return [`cause=~${quote(causes.map((cause) => cause.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"))}`];
}

/** Matchers that silence one event type's alerts. */
export function typeMatcher(eventType: string): string {
  return `eventType=${quote(eventType)}`;
}

/** Matchers that silence the alerts of one datacenter. */
export function datacenterMatcher(datacenter: string): string {
  return `datacenter=${quote(datacenter)}`;
}

/** The silence form, filled in. */
export function silenceHref(matchers: readonly string[]): string {
  return `/alerts/silences?matchers=${encodeURIComponent(matchers.join("\n"))}`;
}
