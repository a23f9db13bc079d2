import { randomUUID } from "node:crypto";
import type { DeliveryDetailJson } from "#domain/api/deliveries.ts";
import type { Notification } from "#domain/notification.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { awaitDelivery } from "./await-delivery.ts";
import { findChannel } from "./find-channel.ts";
import { writeDelivery } from "./write-delivery.ts";

const pagers = new Set<unknown>(["pagerduty", "opsgenie"]);

/**
 * Sends a test the way pages go, through the queue and the notifying process with its environment, and returns the
 * single attempt's result; after 20 s it returns a waiting one as it is.
 */
export async function testChannel({ ctx, input }: Call<{ channel: string }>): Promise<DeliveryDetailJson> {
  requireScope(ctx, "respond");
  const { channel } = input;
  const now = ctx.clock.now();
  const id = await ctx.database.transaction(async (tx) => {
    const { spec } = await findChannel(tx, channel);
    const notification = testOf(channel, ctx.actor, now);
    const first = await writeDelivery(tx, { channel, notification, incidentId: null, at: now });
    // A pager opens an incident for it: resolve it automatically.
    if (pagers.has((spec as { type?: unknown }).type))
      await writeDelivery(tx, { channel, notification: endOf(notification), incidentId: null, at: now });
    await recordAct(tx, ctx, { act: "channel.tested", name: channel });
    return first;
  });
  return awaitDelivery(ctx, id);
}

function endOf(test: Notification): Notification {
  return { ...test, status: "resolved", dedupKey: `${test.dedupKey}:end` };
}

function testOf(channel: string, actor: string, now: Date): Notification {
  const key = `tidemark-test-${randomUUID()}`;
  const at = now.toISOString();
  const labels = { alertname: "TidemarkTest", severity: "info" };
  const annotations = { summary: `${actor} sent this test through channel ${channel}.` };
  return {
    kind: "test",
    status: "firing",
    dedupKey: key,
    threadKey: key,
    groupKey: "test",
    receiver: channel,
    groupLabels: {},
    commonLabels: labels,
    commonAnnotations: annotations,
    incident: null,
    title: `Test of the channel ${channel}`,
    severity: "info",
    alerts: [
      {
        fingerprint: key.slice(-16),
        status: "firing",
        severity: "info",
        labels,
        annotations,
        startsAt: at,
        endsAt: null,
        value: null,
      },
    ],
    at,
  };
}
