import Link from "next/link";
import { noNotificationText } from "#components/alerts/incident-words.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { IncidentJson } from "#domain/api/alerts.ts";
import styles from "./incident.module.css";

/** More are a press away: an incident of hours sends dozens. */
const mostNewest = 5;

/** What was sent of it, where and with which result; or why nothing was. */
export function IncidentDeliveries({ incident, asOf }: { incident: IncidentJson; asOf: string }) {
  if (incident.deliveries.length === 0)
    return (
      <p>
        {noNotificationText(incident, asOf)}
        {incident.situation.muted?.reason === "no-channel" && (
          <>
            {" "}
            <Link href="/alerts/channels">Set up a channel</Link>.
          </>
        )}{" "}
        See <Link href="/docs/alerting-routing">Routing</Link>.
      </p>
    );
  const [newest, earlier] = [incident.deliveries.slice(0, mostNewest), incident.deliveries.slice(mostNewest)];
  return (
    <>
      <Deliveries deliveries={newest} asOf={asOf} />
      {earlier.length > 0 && (
        <Disclosure summary={formatCountOf(earlier.length, "earlier notification")}>
          <Deliveries deliveries={earlier} asOf={asOf} />
        </Disclosure>
      )}
    </>
  );
}

function Deliveries({ deliveries, asOf }: { deliveries: IncidentJson["deliveries"]; asOf: string }) {
  return (
    <ul className={styles.timeline}>
      {deliveries.map(({ id, channel, kind, state, createdAt, sentAt, attempts }) => (
        <li key={id}>
          <Time at={sentAt ?? createdAt} relativeTo={asOf} />
          <PageLink href={`/alerts/deliveries/${id}`}>
            {channel}: {kind}
          </PageLink>
          <span className={page.quiet}>
            {state}
            {attempts > 1 && `, after ${formatCountOf(attempts, "attempt")}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
