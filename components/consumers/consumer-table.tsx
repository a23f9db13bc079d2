"use client";

import Link from "next/link";
import { memo, useMemo } from "react";
import form from "#components/ui/form.module.css";
import page from "#components/ui/page.module.css";
import table from "#components/ui/table.module.css";
import type { ConsumerJson, SubscriptionJson } from "#domain/api/consumers.ts";
import styles from "./consumers.module.css";
import { webhooksByConsumer } from "./directory-words.ts";
import { needsOf } from "./say-needs.ts";
import { WebhookList } from "./webhook-list.tsx";
import { newWebhookHref } from "./webhook-words.ts";

interface ConsumerTableProps {
  consumers: readonly ConsumerJson[];
  webhooks: readonly SubscriptionJson[];
  asOf: string;
  /** Edits one. Must be a stable function, so that rows are not redrawn. */
  onChange: (consumer: ConsumerJson) => void;
}

/** How many of thousands are drawn: the filter reaches the others. */
export const drawnAtOnce = 300;

export const ConsumerTable = memo(function ConsumerTable({ consumers, webhooks, asOf, onChange }: ConsumerTableProps) {
  const of = useMemo(() => webhooksByConsumer(webhooks), [webhooks]);
  return (
    <table className={table.table} aria-label="Consumers">
      <thead>
        <tr>
          <th scope="col">Consumer</th>
          <th scope="col">Reads</th>
          <th scope="col">Contact</th>
          <th scope="col">Needs</th>
          <th scope="col">Webhooks</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {consumers.slice(0, drawnAtOnce).map((consumer) => (
          <ConsumerRow
            key={`${consumer.eventType} ${consumer.name}`}
            consumer={consumer}
            webhooks={of(consumer)}
            asOf={asOf}
            onChange={onChange}
          />
        ))}
      </tbody>
    </table>
  );
});

function ConsumerRow({
  consumer,
  webhooks,
  asOf,
  onChange,
}: Omit<ConsumerTableProps, "consumers"> & { consumer: ConsumerJson }) {
  const { eventType, name, contact, description, minCompleteness } = consumer;
  return (
    <tr>
      <th scope="row" className={styles.name} title={description ?? undefined}>
        {name}
      </th>
      <td data-label="reads" className={styles.name}>
        <Link href={`/event-types/${encodeURIComponent(eventType)}`} prefetch={false}>
          {eventType}
        </Link>
      </td>
      <td data-label="contact">{contact}</td>
      <td data-label="needs">{needsOf(minCompleteness)}</td>
      <td data-label={webhooks.length === 0 ? "webhooks" : undefined}>
        {webhooks.length === 0 ? (
          <span className={page.quiet}>
            none,{" "}
            <Link
              href={newWebhookHref({ eventType, consumer: name })}
              prefetch={false}
              aria-label={`create one: a webhook for ${name}, ${eventType}`}
            >
              create one
            </Link>
          </span>
        ) : (
          <WebhookList webhooks={webhooks} asOf={asOf} />
        )}
      </td>
      <td>
        <button
          type="button"
          className={`${form.button} ${styles.change}`}
          aria-label={`Change ${name}, which reads ${eventType}`}
          onClick={() => onChange(consumer)}
        >
          Change
        </button>
      </td>
    </tr>
  );
}
