"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { HourConsumerJson } from "#domain/api/consumers.ts";
import styles from "./consumers.module.css";
import { RegisterConsumer } from "./register-consumer.tsx";
import { sayNeeds } from "./say-needs.ts";

/** Who depends on the hour, and who has read it: an amendment concerns them. */
export function HourConsumers({ eventType, hour, asOf }: { eventType: string; hour: string; asOf: string }) {
  const query = useQuery(queries.hourConsumers(eventType, hour));
  const failure = failureOf(query);
  return (
    <Section id="consumers" title="Consumers">
      {failure && <p className={page.quiet}>Couldn’t load the consumers. {failure}</p>}
      {query.isPending && <p className={page.quiet}>Loading the consumers…</p>}
      {query.data?.items.length === 0 && <RegisterConsumer eventType={eventType} />}
      <ul className={styles.list}>
        {query.data?.items.map((consumer) => (
          <li key={consumer.name}>
            <strong>{consumer.name}</strong>
            <span>{consumer.contact}</span>
            <span>
              <Reading consumer={consumer} asOf={asOf} /> <span className={page.quiet}>{sayNeeds(consumer)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Reading({ consumer: { reading, outdated }, asOf }: { consumer: HourConsumerJson; asOf: string }) {
  if (!reading) return <span>Has not read this hour as ready.</span>;
  const when = <Time at={reading.lastReadAt} relativeTo={asOf} />;
  return outdated ? (
    <span className={styles.outdated}>
      ▲ Read revision {reading.revision} at {when}, before it was amended.
    </span>
  ) : (
    <span>
      Read revision {reading.revision} at {when}.
    </span>
  );
}
