import { Counter, type Registry } from "prom-client";
import { channelTypes } from "#domain/channel.ts";
import { attemptOutcomes, type NotificationCount, suppressions } from "#server/outbox/index.ts";

const kinds = [...channelTypes, "subscription", "lineage"];

/** Shows the database's totals for all processes. */
export function createNotificationMetrics(registry: Registry): (counts: readonly NotificationCount[]) => void {
  const registers = [registry];
  const attempts = new Counter({
    name: "tidemark_notification_attempts_total",
    help: "Attempts to send a message, by kind of channel (subscription: a consumer's webhook) and outcome: sent, retried, failed for good, withdrawn because it was no longer needed.",
    labelNames: ["channel_kind", "outcome"] as const,
    registers,
  });
  const suppressed = new Counter({
    name: "tidemark_notification_alerts_suppressed_total",
    help: "Firing alerts that were held back when their group was decided, each time: by a silence, by inhibition, by the route's times, or unchanged since the last notification.",
    labelNames: ["channel_kind", "reason"] as const,
    registers,
  });
  return (counts) => {
    attempts.reset();
    suppressed.reset();
    // From 0 on: a counter that begins at 1 has no increase.
    for (const channel_kind of kinds) {
      for (const outcome of attemptOutcomes) attempts.inc({ channel_kind, outcome }, 0);
      for (const reason of suppressions) suppressed.inc({ channel_kind, reason }, 0);
    }
    for (const { channelKind: channel_kind, outcome, total } of counts) {
      const reason = suppressions.find((each) => each === outcome);
      if (reason) suppressed.inc({ channel_kind, reason }, total);
      else attempts.inc({ channel_kind, outcome }, total);
    }
  };
}
