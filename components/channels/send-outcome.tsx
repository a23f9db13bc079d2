import Link from "next/link";
import { becameText } from "#components/deliveries/delivery-words.ts";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import type { DeliveryDetailJson } from "#domain/api/deliveries.ts";

/** The result of a message that the user asked for and waits for. */
export function SendOutcome({ what, delivery }: { what: string; delivery: DeliveryDetailJson }) {
  const last = delivery.tries.at(-1);
  return (
    <p className={delivery.state === "failed" ? page.trouble : undefined}>
      {what} is {delivery.state === "queued" ? "on its way: it " : ""}
      {becameText(delivery)}
      {delivery.state === "sent" && last && `, in ${formatCount(last.durationMs)} ms: ${last.detail}`}.{" "}
      <Link href={`/alerts/deliveries/${delivery.id}`}>View delivery</Link>
    </p>
  );
}
