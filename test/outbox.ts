import type { Clock } from "#domain/clock.ts";
import type { Database } from "#server/db/database.ts";
import { claimDeliveries } from "#server/outbox/claim-deliveries.ts";
import { deliverClaimed, type Producer } from "#server/outbox/send-delivery.ts";

/** Sends what is due, one after the other as the notifying worker would, until nothing is left. */
export async function sendDue(ctx: { database: Database; clock: Clock }, producer: Producer): Promise<void> {
  for (;;) {
    const request = { producer: producer.name, claimant: "test", limit: 1, room: {}, inProgress: [] };
    const [delivery] = (await claimDeliveries(ctx.database, request)).claimed;
    if (!delivery) return;
    await deliverClaimed(ctx, producer, delivery);
  }
}

/** As if so many seconds had passed by the database's clock: for messages, claims and the timers of notifications. */
export async function passOutboxTime({ sql }: Database, seconds: number): Promise<void> {
  for (const change of [
    "UPDATE delivery SET due_at = due_at - make_interval(secs => $1), claimed_until = claimed_until - make_interval(secs => $1)",
    "UPDATE notification_group SET flush_at = flush_at - make_interval(secs => $1), resend_at = resend_at - make_interval(secs => $1)",
    "UPDATE escalation SET due_at = due_at - make_interval(secs => $1)",
  ]) {
    await sql.query(change, [seconds]);
  }
}
