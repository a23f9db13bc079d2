import Link from "next/link";
import { withBase } from "#components/api/base-path.ts";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ListedAlertJson } from "#domain/api/alerts.ts";
import styles from "./alerts.module.css";

/** Current alerts; each links to its subject. */
export function AlertTable({ alerts, asOf }: { alerts: readonly ListedAlertJson[]; asOf: string }) {
  if (alerts.length === 0) return <p>No active alerts.</p>;
  return (
    <ul className={styles.alerts}>
      {alerts.map((alert) => (
        <li key={alert.fingerprint} id={`alert-${alert.fingerprint}`}>
          <span className={styles.alertState} data-state={alert.muted ?? alert.state}>
            {alert.state}
            {alert.muted && `, ${alert.muted}`}
          </span>
          <span className={styles.summary}>
            {alert.summary}
            {alert.runbook && (
              <>
                {" "}
                <a href={withBase(alert.runbook)}>Runbook</a>
              </>
            )}
          </span>
          <span className={styles.about}>
            <SeverityWord severity={alert.severity} />{" "}
            <PageLink href={`/alerts/rules/${encodeURIComponent(alert.rule)}`}>{alert.rule}</PageLink>
            {alert.eventType && (
              <>
                , <Link href={`/event-types/${encodeURIComponent(alert.eventType)}`}>{alert.eventType}</Link>
              </>
            )}
            {alert.datacenter && (
              <>
                , <DatacenterLink name={alert.datacenter} />
              </>
            )}
            , since <Time at={alert.firingSince ?? alert.pendingSince ?? alert.changedAt} relativeTo={asOf} />
          </span>
        </li>
      ))}
    </ul>
  );
}
