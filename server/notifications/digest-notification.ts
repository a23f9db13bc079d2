import type { SloDigestJson } from "#domain/api/slo-digest.ts";
import type { Notification } from "#domain/notification.ts";

/**
 * One key per channel and month, whichever process decides it and however often; a requested digest has its own key, so it
 * never replaces the regular one.
 */
export function digestKey(channel: string, month: string, asked: string | null = null): string {
  return `tidemark-digest-${month}-${encodeURIComponent(channel)}${asked === null ? "" : `-asked-${asked}`}`;
}

/** A digest as one message to one channel, in its own thread: neither waits for other messages nor delays them. */
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
