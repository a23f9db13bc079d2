import type { IncidentJson } from "#domain/api/alerts.ts";

interface Silenced {
  causeKey: string;
  alerts: readonly { labels: Readonly<Record<string, string>> }[];
}

/** What silences an incident and nothing else: the causes that its alerts are labelled with. */
export function incidentMatchers({ causeKey, alerts }: Silenced | IncidentJson): string[] {
  const causes = [...new Set(alerts.flatMap(({ labels }) => labels.cause ?? []))].sort();
  if (causes.length < 2) return [`cause=${quote(causes[0] ?? causeKey)}`];
  return [`cause=~${quote(causes.map((cause) => cause.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"))}`];
}

/** What silences one event type's alerts. */
export function typeMatcher(eventType: string): string {
  return `eventType=${quote(eventType)}`;
}

/** The form for silences, filled in. */
export function silenceHref(matchers: readonly string[]): string {
  return `/alerts/silences?matchers=${encodeURIComponent(matchers.join("\n"))}`;
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
