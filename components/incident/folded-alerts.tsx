"use client";

import { useQuery } from "@tanstack/react-query";
import { withBase } from "#components/api/base-path.ts";
import { queries } from "#components/api/queries.ts";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Section } from "#components/ui/section.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import { metrics } from "#domain/alert/metrics.ts";
import { sayValue } from "#domain/alert/say-value.ts";
import type { AlertJson, IncidentJson, RuleJson } from "#domain/api/alerts.ts";
import { foldAlerts, foldText } from "./fold-alerts.ts";
import styles from "./incident.module.css";

/** Its alerts, folded by rule: one line a rule, each with its alerts and their values beside the rule's limit. */
export function FoldedAlerts({ incident, asOf }: { incident: IncidentJson; asOf: string }) {
  const { data: rules } = useQuery(queries.rules());
  const limits = new Map(rules?.items.map((rule) => [rule.name, readLimit(rule.spec)]));
  const { alerts, alertCount } = incident;
  return (
    <Section id="alerts" title={formatCountOf(alertCount, "alert")}>
      <ul className={styles.folds} aria-label="Alerts by rule">
        {foldAlerts(alerts).map((fold) => (
          <li key={fold.rule}>
            <Disclosure
              summary={
                <>
                  <span className={styles.foldName} data-firing={fold.firing > 0 || undefined}>
                    {foldText(fold)}
                  </span>{" "}
                  <SeverityWord severity={fold.severity} />{" "}
                  <span className={page.quiet}>
                    {fold.firing > 0 ? `${formatCount(fold.firing)} firing` : "none firing"}
                    {limits.get(fold.rule) && `, limit ${limits.get(fold.rule)?.text}`}
                  </span>
                </>
              }
            >
              <AlertsOfRule alerts={fold.alerts} limit={limits.get(fold.rule) ?? null} asOf={asOf} />
            </Disclosure>
          </li>
        ))}
      </ul>
      {alerts.length < alertCount && <p className={page.quiet}>The first {formatCount(alerts.length)} are shown.</p>}
    </Section>
  );
}

function AlertsOfRule({ alerts, limit, asOf }: { alerts: AlertJson[]; limit: LimitOfRule | null; asOf: string }) {
  const [first] = alerts;
  return (
    <>
      <p className={page.quiet}>
        {first && <PageLink href={`/alerts/rules/${encodeURIComponent(first.rule)}`}>Rule {first.rule}</PageLink>}
        {first?.runbook && (
          <>
            {", "}
            <a href={withBase(first.runbook)}>runbook</a>
          </>
        )}
      </p>
      <ul className={styles.alertRows}>
        {alerts.map((alert) => (
          <li key={alert.fingerprint} id={`alert-${alert.fingerprint}`} title={alert.summary}>
            <span className={styles.alertState} data-state={alert.state}>
              {alert.state === "normal" ? "resolved" : alert.state}
            </span>
            <Subject alert={alert} />
            <span className={styles.alertValue}>{valueText(alert.value, limit)}</span>
            <span className={page.quiet}>
              since <Time at={alert.firingSince ?? alert.pendingSince ?? alert.changedAt} relativeTo={asOf} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Subject({ alert: { eventType, datacenter } }: { alert: AlertJson }) {
  if (!eventType && !datacenter) return <span>everywhere</span>;
  return (
    <span>
      {eventType && <PageLink href={`/event-types/${encodeURIComponent(eventType)}`}>{eventType}</PageLink>}
      {eventType && datacenter && " at "}
      {datacenter && <DatacenterLink name={datacenter} />}
    </span>
  );
}

interface LimitOfRule {
  unit: Parameters<typeof sayValue>[0];
  text: string;
}

/** A rule's limit for people; null: it has none, or it cannot be read. */
export function readLimit(spec: RuleJson["spec"]): LimitOfRule | null {
  const threshold = metrics[spec.metric].threshold?.read(spec.threshold) ?? null;
  return threshold && { unit: threshold.unit, text: sayValue(threshold.unit, threshold.value) };
}

/** "5 % (limit 0.1 %)", both in one unit. */
export function valueText(value: number | null, limit: LimitOfRule | null): string {
  if (value === null) return "unknown";
  if (limit === null) return sayValue(null, value);
  return `${sayValue(limit.unit, value)} (limit ${limit.text})`;
}
