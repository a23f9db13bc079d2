// What is sent to a channel, and what became of it.
import type { NotificationJson } from "./api/notification.ts";

/** One complete message to one channel. */
export type Notification = NotificationJson;
/** An alert inside a notification. Instants are RFC 3339 in the product's time. */
export type NotifiedAlert = Notification["alerts"][number];
export type NotifiedIncident = NonNullable<Notification["incident"]>;

/** A person waits for the result: it is tried once, and also through a disabled channel. */
export function isAskedFor({ kind, digest }: Pick<Notification, "kind" | "digest">): boolean {
  return kind === "test" || (digest !== undefined && digest.askedBy !== null);
}

interface Exchange {
  status?: number;
  /** In Tidemark's words: everybody who may read may read it. */
  detail: string;
  /** What the receiver answered, for debugging; it may be anything. */
  response?: string;
}

/** The result of one attempt. */
export type SendOutcome =
  | (Exchange & { outcome: "sent"; receipt?: Record<string, string> })
  /** Worth another attempt, not before `afterMs` real milliseconds if the receiver set that. */
  | (Exchange & { outcome: "retryable"; afterMs?: number })
  | (Exchange & { outcome: "permanent" });

/** Where to find more. */
export function linksOf(notification: Pick<Notification, "incident">, publicUrl: string) {
  const main = notification.incident
    ? `${publicUrl}/alerts/incidents/${notification.incident.id}`
    : `${publicUrl}/alerts`;
  return { main, acknowledge: notification.incident ? `${main}#acknowledge` : null, silence: `${main}#silence` };
}

/** The product's own runbooks are paths below the dashboard: a receiver needs the whole URL. */
export function withRunbookUrls(notification: Notification, publicUrl: string): Notification {
  const complete = (annotations: Record<string, string>) =>
    annotations.runbook_url?.startsWith("/")
      ? { ...annotations, runbook_url: `${publicUrl}${annotations.runbook_url}` }
      : annotations;
  return {
    ...notification,
    commonAnnotations: complete(notification.commonAnnotations),
    alerts: notification.alerts.map((alert) => ({ ...alert, annotations: complete(alert.annotations) })),
  };
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
