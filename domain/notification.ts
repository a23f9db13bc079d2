// What is sent to a channel, and what became of it.
import type { SloDigestJson } from "./api/slo-digest.ts";

/** An alert inside a notification. Instants are RFC 3339 in the product's time. */
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
  /** The earliest instant shown by the facts. */
  since: string;
  acknowledgedBy: string | null;
  /** The likely cause, in a sentence; "" if none is known. */
  cause: string;
  /** Affected hours, and how many of them recovered. */
  hours: { affected: number; recovered: number };
}

/**
 * - `notify`: a group's news; `repeat`: the same again, because it is still unresolved
 * - `escalate`: not acknowledged in time; `acknowledge`: acknowledged; `test`: requested by a person
 * - `digest`: a month's service levels, not an alert's
 */
export type NotificationKind = "notify" | "repeat" | "escalate" | "acknowledge" | "test" | "digest";

/** One complete message to one channel: stored with its delivery, so that a retry or replay sends the same. */
export interface Notification {
  kind: NotificationKind;
  status: "firing" | "resolved";
  /** Identifies this message across retries: receivers deduplicate by it. */
  dedupKey: string;
  /** Shared by all messages of one incident, from open to resolve: receivers keep one page by it. */
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
  /** Digests only. */
  digest?: SloDigestJson;
  at: string;
}

/** A person waits for the result: it is tried once, and also through a disabled channel. */
export function isAskedFor({ kind, digest }: Pick<Notification, "kind" | "digest">): boolean {
  return kind === "test" || (digest !== undefined && digest.askedBy !== null);
}

/** The result of one attempt; `detail` is a sentence for debugging a failed delivery. */
export type SendOutcome =
  | { outcome: "sent"; status?: number; detail: string; receipt?: Record<string, string> }
  /** Worth another attempt, not before `afterMs` real milliseconds if the receiver set that. */
  | { outcome: "retryable"; status?: number; detail: string; afterMs?: number }
  | { outcome: "permanent"; status?: number; detail: string };

/** Where to find more. */
export function linksOf(notification: Pick<Notification, "incident">, publicUrl: string) {
  const main = notification.incident
    ? `${publicUrl}/alerts/incidents/${notification.incident.id}`
    : `${publicUrl}/alerts`;
  return { main, acknowledge: notification.incident ? `${main}#acknowledge` : null, silence: `${main}#silence` };
}

/** The labels that all of them share. */
export function commonEntries(maps: readonly Record<string, string>[]): Record<string, string> {
  const [first, ...rest] = maps;
  const entries = Object.entries(first ?? {});
  return Object.fromEntries(entries.filter(([name, value]) => rest.every((map) => map[name] === value)));
}

/** Cut to this many UTF-16 units, never inside a surrogate pair, with an ellipsis if anything was cut. */
export function clipText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
