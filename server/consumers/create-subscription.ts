import { randomBytes } from "node:crypto";
import type { SubscriptionJson } from "#domain/api/consumers.ts";
import { canonicalZone } from "#domain/calendar-day.ts";
import type { CheckDestination } from "#domain/egress.ts";
import type { SubscriptionEvent } from "#domain/subscription.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Invalid } from "#server/errors.ts";
import { type ConsumerName, holdConsumer, holdOwnConsumer } from "./read-consumer.ts";
import { factsOfSubscription, loadSubscription } from "./subscription-view.ts";
import { mintWebhookSecret, secretPlace } from "./webhook-secret.ts";

export interface NewSubscription extends ConsumerName {
  url: string;
  allowPrivate: boolean;
  events: readonly SubscriptionEvent[];
  /** For the event `run`, else null. */
  runHours: number | null;
  /** For the event `day`, else null. `eventTypes`: the types besides its own whose hours make up the day. */
  day: { zone: string; eventTypes: readonly string[] } | null;
  checkDestination: CheckDestination;
}

/** Subscribes a webhook for a registered consumer. Only this response contains the secret that signs its messages. */
export async function createSubscription({
  ctx,
  input,
}: Call<NewSubscription>): Promise<SubscriptionJson & { secret: string }> {
  requireScope(ctx, "write");
  const refused = await input.checkDestination({
    host: new URL(input.url).hostname,
    isMeantPrivate: input.allowPrivate,
  });
  if (refused !== null) throw new Invalid("The webhook was not created.", [{ pointer: "/url", detail: refused }]);
  const id = `sub_${randomBytes(12).toString("hex")}`;
  const secret = mintWebhookSecret();
  const { url, allowPrivate, events, runHours, day } = input;
  const zone = day && readZone(day.zone);
  return ctx.database.transaction(async (tx) => {
    const consumer = await holdOwnConsumer(tx, ctx, input);
    const dayTypes = new Set(day === null ? [] : [consumer.eventTypeId]);
    for (const eventType of day?.eventTypes ?? []) {
      dayTypes.add((await holdConsumer(tx, { eventType, consumer: input.consumer })).eventTypeId);
    }
    await tx.prisma.subscription.create({
      data: {
        id,
        consumerId: consumer.id,
        eventTypeId: consumer.eventTypeId,
        url,
        allowPrivate,
        events: [...new Set(events)],
        runHours,
        secret: ctx.database.secrets.seal(secretPlace(id), secret),
        createdAt: ctx.clock.now(),
        createdBy: ctx.actor,
        dayZone: zone,
        dayEventTypeIds: [...dayTypes],
      },
    });
    const made = await loadSubscription(tx, id);
    await recordAct(tx, ctx, { act: "subscription.created", name: id, after: factsOfSubscription(made) });
    return { ...made, secret };
  });
}

function readZone(zone: string): string {
  const canonical = canonicalZone(zone);
  if (canonical !== null) return canonical;
  const detail = `"${zone}" is not a time zone of the tz database. Write one like Europe/Stockholm or UTC.`;
  throw new Invalid(detail, [{ pointer: "/dayZone", detail }]);
}
