"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { Choice } from "#components/ui/choice.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { isFiltered } from "#components/ui/page-search.ts";
import type { DeliveryJson } from "#domain/api/deliveries.ts";
import { DeliveryTable } from "./delivery-table.tsx";
import { type DeliveryFilter, deliveriesHref, deliverySearch } from "./delivery-words.ts";

// As named in domain/api; importing its list would bring in a schema that no page needs.
const states: readonly DeliveryJson["state"][] = ["queued", "sent", "failed", "withdrawn"];

interface DeliveryLogProps {
  deliveries: ListJson<DeliveryJson>;
  filter: DeliveryFilter;
  channels: readonly string[];
  /** For an older page, which hardly changes: the id that it starts below. */
  before: string | null;
  olderHref: string | null;
  asOf: string;
}

/** All messages to channels and consumers’ webhooks, newest first. */
export function DeliveryLog({ deliveries, filter, channels, before, olderHref, asOf }: DeliveryLogProps) {
  const router = useRouter();
  const search = deliverySearch(filter);
  const query = useQuery({
    ...queries.deliveries(before === null ? search : `${search} before ${before}`),
    initialData: deliveries,
    enabled: before === null,
  });
  const narrow = (change: Partial<DeliveryFilter>) => router.push(deliveriesHref({ ...filter, ...change }));
  const toWebhooks = "subscription";
  const toChannel = (name: string) => `channel ${name}`;
  const filterTo = (value: string): Partial<DeliveryFilter> =>
    value === toWebhooks
      ? { producer: toWebhooks, channel: null }
      : { producer: null, channel: channels.find((name) => toChannel(name) === value) ?? null };
  return (
    <article className={page.page}>
      <PageHeading query={query}>Deliveries</PageHeading>
      <div className={page.row}>
        <Choice
          label="To"
          value={filter.channel === null ? (filter.producer ?? "") : toChannel(filter.channel)}
          data={[
            { value: "", label: "every receiver" },
            { value: toWebhooks, label: "consumers’ webhooks" },
            ...channels.map((name) => ({ value: toChannel(name), label: name })),
          ]}
          onChange={(value) => narrow(filterTo(value))}
        />
        <Choice
          label="State"
          value={filter.state ?? ""}
          data={[{ value: "" as const, label: "every state" }, ...states]}
          onChange={(value) => narrow({ state: value === "" ? null : value })}
        />
      </div>
      {query.data.items.length > 0 ? (
        <DeliveryTable deliveries={query.data.items} asOf={asOf} />
      ) : isFiltered({ ...filter }) ? (
        <Notice title="No matching deliveries" level={2}>
          <p>
            <Link href="/alerts/deliveries">Show all deliveries</Link>
          </p>
        </Notice>
      ) : (
        <Notice title="No deliveries" level={2}>
          <p>
            Every message to a channel or a consumer’s webhook is listed here with its attempts.{" "}
            <Link href="/alerts/channels">Open the channels</Link> and send a test.
          </p>
        </Notice>
      )}
      {(before !== null || olderHref !== null) && (
        <nav className={page.row} aria-label="Pages">
          {before !== null && <Link href={deliveriesHref(filter)}>← newest</Link>}
          {olderHref !== null && <Link href={olderHref}>older →</Link>}
        </nav>
      )}
    </article>
  );
}
