// What is told to a channel, and what became of telling it.
import type { SloDigestJson } from "./api/slo-digest.ts";

/** An alert as a notification tells it. Instants are RFC 3339 in the product's time. */
export interface NotifiedAlert {
  fingerprint: string;
  status: "firing" | "resolved";
  severity: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string | null;
  value: number | null;
}

export interface NotifiedIncident {
  id: string;
  title: string;
  state: string;
  severity: string;
  /** The earliest instant the facts show. */
  since: string;
  acknowledgedBy: string | null;
  /** What the likely cause is, in a sentence; "" when nothing is known of it. */
  cause: string;
  /** Hours it hurts, and how many of them recovered. */
  hours: { affected: number; recovered: number };
}

/**
 * - `notify`: what a group has to say; `repeat`: the same once more, because nobody made it end
 * - `escalate`: nobody acknowledged; `acknowledge`: somebody did; `test`: asked for by a person
 * - `digest`: a month's service levels, which is no alert's
 */
export type NotificationKind = "notify" | "repeat" | "escalate" | "acknowledge" | "test" | "digest";

/** One message to one channel, whole: stored with its delivery, so that a retry or a replay says the same. */
export interface Notification {
  kind: NotificationKind;
  status: "firing" | "resolved";
  /** Of this message, over every retry: receivers drop what they had already. */
  dedupKey: string;
  /** Of everything that is told of one incident, from open to resolve: receivers keep one page by it. */
  threadKey: string;
  groupKey: string;
  receiver: string;
  groupLabels: Record<string, string>;
  commonLabels: Record<string, string>;
  commonAnnotations: Record<string, string>;
  incident: NotifiedIncident | null;
  title: string;
  severity: string;
  alerts: NotifiedAlert[];
  /** Of a digest alone. */
  digest?: SloDigestJson;
  at: string;
}

/** Somebody waits for what comes of it: it is tried once, and also through a channel that is off. */
export function isAskedFor({ kind, digest }: Pick<Notification, "kind" | "digest">): boolean {
  return kind === "test" || (digest !== undefined && digest.askedBy !== null);
}

/** What came of one attempt; `detail` is a sentence for whoever looks why it did not arrive. */
export type SendOutcome =
  | { outcome: "sent"; status?: number; detail: string; receipt?: Record<string, string> }
  /** Worth another attempt, not before `afterMs` real milliseconds where the receiver said so. */
  | { outcome: "retryable"; status?: number; detail: string; afterMs?: number }
  | { outcome: "permanent"; status?: number; detail: string };

/** Where a person finds more. */
export function linksOf(notification: Pick<Notification, "incident">, publicUrl: string) {
  const main = notification.incident
    ? `${publicUrl}/alerts/incidents/${notification.incident.id}`
    : `${publicUrl}/alerts`;
  return { main, acknowledge: notification.incident ? `${main}#acknowledge` : null, silence: `${main}#silence` };
}

/** What all of them say alike. */
export function commonEntries(maps: readonly Record<string, string>[]): Record<string, string> {
  const [first, ...rest] = maps;
  const entries = Object.entries(first ?? {});
  return Object.fromEntries(entries.filter(([name, value]) => rest.every((map) => map[name] === value)));
}

/** Cut to so many UTF-16 units, never through a surrogate pair, with an ellipsis where something went. */
export function clipText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
