import Link from "next/link";
import type { DeliveryJson } from "#domain/api/deliveries.ts";

/** The channel, or the consumer whose webhook it is. */
export function DeliveryReceiver({ delivery }: { delivery: DeliveryJson }) {
  const { channel, subscription, receiver } = delivery;
  return channel === null ? (
    <Link href={`/consumers/subscriptions/${subscription}`}>{receiver}’s webhook</Link>
  ) : (
    <Link href={`/alerts/channels/${encodeURIComponent(channel)}`}>{channel}</Link>
  );
}
