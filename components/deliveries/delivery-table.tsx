import { DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryJson } from "#domain/api/deliveries.ts";
import { DeliveryReceiver } from "./delivery-receiver.tsx";
import { becameText } from "./delivery-words.ts";

interface DeliveryTableProps {
  deliveries: readonly DeliveryJson[];
  asOf: string;
  withChannel?: boolean;
}

/** Deliveries: the message, its channel and its status. */
export function DeliveryTable({ deliveries, asOf, withChannel = true }: DeliveryTableProps) {
  return (
    <DataTable
      plain={!withChannel}
      label="Deliveries"
      rows={deliveries}
      rowKey={({ id }) => id}
      columns={[
        {
          head: "Subject",
          cell: ({ id, title, status }) => (
            <>
              <PageLink href={`/alerts/deliveries/${id}`}>{title}</PageLink>
              {status === "resolved" && " (over)"}
            </>
          ),
        },
        {
          head: "Time",
          label: null,
          word: true,
          cell: ({ sentAt, createdAt }) => <Time at={sentAt ?? createdAt} relativeTo={asOf} />,
        },
        withChannel && { head: "To", cell: (delivery) => <DeliveryReceiver delivery={delivery} /> },
        { head: "Kind", word: true, cell: ({ kind }) => kind },
        {
          head: "Status",
          label: null,
          tone: ({ state }) => (state === "failed" ? "trouble" : undefined),
          cell: (delivery) => (
            <>
              {becameText(delivery)}
              {delivery.nextAttemptAt !== null && delivery.attempts > 0 && (
                <span className={page.quiet}>
                  , next <Time at={delivery.nextAttemptAt} relativeTo={asOf} />
                </span>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
