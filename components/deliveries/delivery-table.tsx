import Link from "next/link";
import page from "#components/ui/page.module.css";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryJson } from "#domain/api/deliveries.ts";
import { becameText } from "./delivery-words.ts";

interface DeliveryTableProps {
  deliveries: readonly DeliveryJson[];
  asOf: string;
  withChannel?: boolean;
}

/** Deliveries: the message, its channel and its status. */
export function DeliveryTable({ deliveries, asOf, withChannel = true }: DeliveryTableProps) {
  return (
    <table className={table.table} aria-label="Deliveries">
      <thead>
        <tr>
          <th scope="col">Subject</th>
          <th scope="col">Time</th>
          {withChannel && <th scope="col">Channel</th>}
          <th scope="col">Kind</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <th scope="row">
              <Link href={`/alerts/deliveries/${delivery.id}`} prefetch={false}>
                {delivery.title}
              </Link>
              {delivery.status === "resolved" && " (over)"}
            </th>
            <td data-word="">
              <Time at={delivery.sentAt ?? delivery.createdAt} relativeTo={asOf} />
            </td>
            {withChannel && <td data-label="channel">{delivery.channel}</td>}
            <td data-label="kind" data-word="">
              {delivery.kind}
            </td>
            <td data-alarming={delivery.state === "failed" ? "" : undefined}>
              {becameText(delivery)}
              {delivery.nextAttemptAt !== null && delivery.attempts > 0 && (
                <span className={page.quiet}>
                  , next <Time at={delivery.nextAttemptAt} relativeTo={asOf} />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
