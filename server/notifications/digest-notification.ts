import type { SloDigestJson } from "#domain/api/slo-digest.ts";
import type { Notification } from "#domain/notification.ts";

/**
 * The same for a channel's month, whoever decides it and however often; one that was asked for has a key of its own, so that it is
 * never in the way of the regular one.
 */
export function digestKey(channel: string, month: string, asked: string | null = null): string {
  return `tidemark-digest-${month}-${encodeURIComponent(channel)}${asked === null ? "" : `-asked-${asked}`}`;
}

/** A digest as one message to one channel. It is its own thread: no other message waits for it, and it for none. */
export function digestNotification(channel: string, digest: SloDigestJson, dedupKey: string, now: Date): Notification {
  return {
    kind: "digest",
    status: "firing",
    dedupKey,
    threadKey: dedupKey,
    groupKey: "digest",
    receiver: channel,
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    incident: null,
    title: digest.subject,
    severity: "info",
    alerts: [],
    digest,
    at: now.toISOString(),
  };
}
