"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import type { ConsumerJson } from "#domain/api/consumers.ts";
import styles from "./consumers.module.css";
import { RegisterConsumer } from "./register-consumer.tsx";
import { sayNeeds } from "./say-needs.ts";

/** Who depends on the type: whom to call when its hours are in trouble. */
export function TypeConsumers({ eventType }: { eventType: string }) {
  const query = useQuery(queries.consumers(eventType));
  const failure = failureOf(query);
  return (
    <section className={page.card} aria-labelledby="consumers">
      <h2 id="consumers">Who depends on it</h2>
      {failure && <p className={page.quiet}>This could not be read. {failure}</p>}
      {query.isPending && <p className={page.quiet}>Reading who depends on it…</p>}
      {query.data && <Consumers eventType={eventType} consumers={query.data.items} />}
    </section>
  );
}

function Consumers({ eventType, consumers }: { eventType: string; consumers: readonly ConsumerJson[] }) {
  if (consumers.length === 0) return <RegisterConsumer eventType={eventType} />;
  return (
    <ul className={styles.list}>
      {consumers.map((consumer) => (
        <li key={consumer.name}>
          <strong>{consumer.name}</strong>
          <span>{consumer.contact}</span>
          <span className={page.quiet}>
            {consumer.description && `${consumer.description} `}
            {sayNeeds(consumer)}
          </span>
        </li>
      ))}
    </ul>
  );
}
