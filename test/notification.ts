import type { Notification } from "#domain/notification.ts";
import { situationForTest } from "./situation.ts";

/** A page about one incident, with a test's overrides. */
export function notification(changes: Partial<Notification> = {}): Notification {
  const labels = {
    alertname: "closing-delay-high",
    severity: "page",
    cause: "datacenter_silent:ams",
    eventType: "EndSong",
  };
  return {
    kind: "notify",
    status: "firing",
    dedupKey: "group:1:ops",
    threadKey: "tidemark:datacenter_silent:ams:7",
    groupKey: '{}/{severity="page"}:{cause="datacenter_silent:ams"}',
    receiver: "team-a",
    groupLabels: { cause: "datacenter_silent:ams" },
    commonLabels: labels,
    commonAnnotations: {},
    incident: {
      id: "7",
      title: "ams is silent",
      state: "open",
      severity: "page",
      since: "2026-11-23T01:02:03.000Z",
      acknowledgedBy: null,
      cause: "ams has said nothing since 01:02",
      hours: { affected: 12, recovered: 0 },
      situation: situationForTest(),
    },
    title: "ams is silent",
    severity: "page",
    alerts: [
      {
        fingerprint: "00000000000000a1",
        status: "firing",
        severity: "page",
        labels,
        annotations: { summary: "EndSong closes 40 min late" },
        startsAt: "2026-11-23T01:03:00.000Z",
        endsAt: null,
        value: 2400,
      },
    ],
    at: "2026-11-23T01:05:00.000Z",
    ...changes,
  };
}
